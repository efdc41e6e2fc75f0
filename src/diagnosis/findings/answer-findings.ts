/**
 * The findings about the answer of a token endpoint.
 *
 * @module
 */
import { bodyFindings } from './body-findings.js';
import { deliveryFindings } from './delivery-findings.js';
import { statusFindings } from './status-findings.js';

export const answerFindings = { ...statusFindings, ...bodyFindings, ...deliveryFindings };
