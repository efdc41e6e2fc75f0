/**
 * Tells login pages from other HTML pages.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';

const LOGIN = /type\s{0,9}=\s{0,9}["']?password|<title>[^<]{0,200}\b(?:log|sign)[\s-]?(?:in|on)\b/i;

export function pageFinding(text: string): Finding {
  return finding(LOGIN.test(text) ? 'login-page' : 'html-page');
}
