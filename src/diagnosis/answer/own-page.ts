/**
 * Distinguishes sign-in pages, the page with the chat, other HTML pages, and pieces of a page.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';
import { isHtml } from './is-xml.js';

const LOGIN = /type\s{0,9}=\s{0,9}["']?password|<title>[^<]{0,200}\b(?:log|sign)[\s-]?(?:in|on)\b/i;

export function pageFinding(text: string): Finding {
  const hasTag = /<script[^<>]{0,2000}\bdata-token-endpoint\b/i.test(text);
  // The page with the chat may have a sign-in form of its own.
  return !hasTag && LOGIN.test(text)
    ? finding('login-page')
    : finding('html-page', htmlIn(text) ?? 'a piece of markup', hasTag);
}

/** Says what a text of HTML is, or returns `undefined` for other text. */
export function htmlIn(text: string): string | undefined {
  if (/<(!doctype html|html|head|body)\b/i.test(text.slice(0, 2000))) return 'an HTML page';
  if (/^<script\b/i.test(text)) return 'a script element';
  return isHtml(text) ? 'a piece of HTML' : undefined;
}
