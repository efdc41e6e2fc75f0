/**
 * Recognises what browsers and command lines show around a token endpoint's answer: recordings, requests and messages.
 *
 * @module
 */
import { tokenShape } from '../../contract/token-shape.js';
import { bridgeCodes } from '../codes/bridge-codes.js';
import { type Finding, finding } from '../findings/finding.js';

/** A token that is not the credential of a request. */
const ANSWERED = new RegExp(`(?<!bearer\\s{0,9}|[\\w.-])${tokenShape}`, 'i');

/** Returns the finding for such a text. */
export function pastedInstead(text: string): Finding | undefined {
  const recording = recordingBy(text.slice(0, 4000), text);
  if (recording) return finding('token-is-recording', recording);
  if (ANSWERED.test(text)) return undefined;
  if (isRequest(text)) return finding('token-is-request');
  return message(text);
}

function recordingBy(start: string, text: string): string | undefined {
  if (/^\{\s*"log"\s*:\s*\{\s*"(version|creator|comment|pages|entries|browser)"/.test(start))
    return "a recording of the browser's network panel (HAR)";
  if (/^\{/.test(start) && /"_postman_\w+"|schema\.getpostman\.com/.test(text)) return 'an export of Postman';
  return undefined;
}

function isRequest(text: string): boolean {
  return (
    /^(GET|POST|HEAD|OPTIONS) \S+ HTTP\/[\d.]+\s*$/m.test(text.slice(0, 4000)) ||
    /^(await\s+)?fetch\(\s*["'`]https?:/.test(text) ||
    /^\$?\s{0,9}(curl|wget|http|Invoke-(WebRequest|RestMethod)|iwr|irm)\s[^\n]{0,500}\bhttps?:\/\//.test(text)
  );
}

function message(text: string): Finding | undefined {
  if (text.length > 4000) return undefined;
  const code = /\blive-assist-bridge: [\s\S]*?\(?\b([a-z]+(?:-[a-z]+)+)\)?[.\s]*$/.exec(text)?.[1];
  if (code && Object.hasOwn(bridgeCodes, code))
    return finding('token-is-message', 'the bridge', `\`live-assist-bridge diagnose ${code}\` explains it`);
  if (/^curl: \(\d+\)/m.test(text) || /^--\d{4}-\d\d-\d\d .*--\s+http/.test(text))
    return finding(
      'token-is-message',
      `${/^curl/m.test(text) ? 'curl' : 'wget'}, which got no token`,
      'It says why. `live-assist-bridge diagnose URL` asks as the bridge does',
    );
  if (/blocked by CORS policy|Cross-Origin Request Blocked/.test(text))
    return finding(
      'token-is-message',
      'the browser: the endpoint does not allow the origin of the page',
      "Add that origin to the handler's allowedOrigins",
    );
  if (/net::ERR_\w+|Failed to fetch|NetworkError when|^Uncaught\b|^\w*Error: /m.test(text))
    return finding(
      'token-is-message',
      "the browser's console, not an answer",
      'In the network panel, choose the request to the token endpoint and copy its response',
    );
  return undefined;
}
