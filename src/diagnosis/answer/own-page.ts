/** Tells HTML pages from tokens, and login pages from other pages. */
import { type Finding, finding } from '../findings/finding.js';

export function looksLikeHtml(text: string): boolean {
  return /^\s*<(!doctype|!--|html|head|body|\?xml|[a-z]+[\s>])/i.test(text);
}

export function pageFinding(text: string): Finding {
  const login = /type\s*=\s*["']?password|<title>[^<]*(log|sign)[\s-]?(in|on)\b/i;
  return finding(login.test(text) ? 'login-page' : 'html-page');
}
