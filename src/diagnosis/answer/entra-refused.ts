/**
 * Explains a refusal by Microsoft Entra ID that the server has passed on.
 *
 * @module
 */
import { explainEntraCode } from '../../contract/entra-codes.js';
import { type Finding, finding } from '../findings/finding.js';

/** @param number The number after AADSTS. */
export function entraRefused(number: string): Finding {
  const { fact, remedy } = explainEntraCode(number);
  return finding('entra-refused', number, fact, remedy);
}
