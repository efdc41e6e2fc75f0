/**
 * Finds the explanation of a code of the bridge, of the vendor or of Microsoft Entra ID.
 *
 * @module
 */
import { explainEntraCode } from '../../contract/entra-codes.js';
import { bridgeCodes } from './bridge-codes.js';
import type { CodeExplanation } from './code-explanation.js';
import { vendorCode } from './vendor-codes.js';

export interface ExplainedCode extends CodeExplanation {
  code: string;
  /** The origin of the code. */
  source: 'bridge' | 'vendor' | 'entra';
}

/** The explanation of the code, or `undefined` if the text is not a known code. */
export function explainCode(code: string): ExplainedCode | undefined {
  if (Object.hasOwn(bridgeCodes, code))
    return { code, source: 'bridge', ...bridgeCodes[code as keyof typeof bridgeCodes] };
  const entra = /^AADSTS(\d{4,8})$/i.exec(code)?.[1];
  if (entra) {
    const { fact, remedy } = explainEntraCode(entra);
    return { code: code.toUpperCase(), source: 'entra', why: `${fact}.`, do: remedy };
  }
  const explanation = vendorCode(code);
  return explanation && { code, source: 'vendor', ...explanation };
}
