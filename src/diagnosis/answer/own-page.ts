/**
 * Distinguishes sign-in pages, the page with the chat, and other HTML pages.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';

const LOGIN = /type\s{0,9}=\s{0,9}["']?password|<title>[^<]{0,200}\b(?:log|sign)[\s-]?(?:in|on)\b/i;

export function pageFinding(text: string): Finding {
  const hasTag = /<script[^<>]{0,2000}\bdata-token-endpoint\b/i.test(text);
  // The page with the chat may have a sign-in form of its own.
  return !hasTag && LOGIN.test(text) ? finding('login-page') : finding('html-page', hasTag);
}
