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

/** The beginning of JSON or markup, which a server answered. Safari's console puts `[Error] ` before a line. */
const BODY = /^([{<"]|\[(?!\w+\] ))/;

/** Returns the finding for such a text. */
export function pastedInstead(text: string): Finding | undefined {
  const recording = recordingBy(text.slice(0, 4000), text);
  if (recording) return finding('token-is-recording', recording);
  if (ANSWERED.test(text) || BODY.test(text)) return undefined;
  if (isRequest(text)) return finding('token-is-request');
  return message(text);
}

function recordingBy(start: string, text: string): string | undefined {
  if (/^\{\s*"log"\s*:\s*\{\s*"(version|creator|comment|pages|entries|browser)"/.test(start))
    return "a recording of the browser's network panel (HAR)";
  if (/^\{/.test(start) && /"_postman_\w+"|schema\.getpostman\.com/.test(text)) return 'an export of Postman';
  return undefined;
}

/** Whether the text begins with a request, or is one. */
export function isRequest(text: string): boolean {
  return (
    /^(GET|POST|HEAD|OPTIONS) \S+ HTTP\/[\d.]+\s*$/m.test(text.slice(0, 4000)) ||
    /^(await\s+)?fetch\(\s*["'`]https?:/.test(text) ||
    /^\$?\s{0,9}(curl|wget|http|Invoke-(WebRequest|RestMethod)|iwr|irm)\s[^\n]{0,500}\bhttps?:\/\//.test(text)
  );
}

/** `Failed to fetch` is followed by a host at most. A server's own words go on. */
const CONSOLE =
  /net::ERR_\w+|TypeError: Failed to fetch|Failed to fetch(?! \w)|NetworkError when|^Uncaught\b/m;

/** A place in a script of a page. Scripts of a server are files with a path. */
const FRAME = /(?:[(@]|\bat )(?:https?:\/\/[^\s)]+|[\w.-]+\.js):\d+:\d+/;

function message(text: string): Finding | undefined {
  if (text.length > 4000) return undefined;
  const code = codeOfBridge(text);
  if (code)
    return finding(
      'token-is-message',
      'the bridge',
      `\`npx live-assist-bridge diagnose ${code}\` explains it`,
    );
  if (/^curl: \(\d+\)/m.test(text) || /^--\d{4}-\d\d-\d\d .*--\s+http/.test(text))
    return finding(
      'token-is-message',
      `${/^curl/m.test(text) ? 'curl' : 'wget'}, which got no token`,
      'It says why. `npx live-assist-bridge diagnose URL` asks as the bridge does',
    );
  if (/blocked by CORS policy|Cross-Origin Request Blocked/.test(text))
    return finding(
      'token-is-message',
      'the browser: the endpoint does not allow the origin of the page',
      "Add that origin to the handler's allowedOrigins",
    );
  if (CONSOLE.test(text) || (/^\w*Error: /m.test(text) && FRAME.test(text)))
    return finding(
      'token-is-message',
      "the browser's console, not an answer",
      'In the network panel, choose the request to the token endpoint and copy its response',
    );
  return undefined;
}

/** The code in a message of the bridge. Browsers may put the place in the script behind the message. */
function codeOfBridge(text: string): string | undefined {
  const start = text.search(/\blive-assist-bridge: /);
  if (start < 0) return undefined;
  const codes = [...text.slice(start).matchAll(/\(([a-z-]+)\)/g)].map(([, code = '']) => code);
  return codes.find((code) => Object.hasOwn(bridgeCodes, code));
}
