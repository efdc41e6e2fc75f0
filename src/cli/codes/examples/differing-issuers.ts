/**
 * The most common difference between two issuers, as the findings show it.
 *
 * @module
 */
import { issuerComparison, issuerDifference } from '../../../diagnosis/token/issuer.js';

const issuers = ['www.example.com', 'https://www.example.com'] as const;

export const differingIssuers = [issuerComparison(...issuers), issuerDifference(...issuers)] as const;
