/**
 * Recognises tokens and cookies of other kinds, which are taken for a JWT.
 *
 * @module
 */
import { fromBase64 } from '../../key/base64.js';

/** Returns what the text is, in words, or `undefined`. */
export function otherKind(text: string): string | undefined {
  if (/^v[1-4]\.(public|local)\.[\w-]{20}/.test(text)) return 'a PASETO';
  if (/^gAAAAA[\w-]{60,}={0,2}$/.test(text)) return 'a Fernet token';
  if (/^CfDJ8[\w-]{40,}$/.test(text))
    return 'a value that ASP.NET Core encrypted for itself, such as its cookie';
  if (/^s(:|%3A)[\w-]{16,}\.[\w+/%-]{40,}$/.test(text)) return 'a session cookie of Express';
  if (/^(<\?xml[^<>]{0,200}>\s{0,20})?<saml2?p?:|^(SAMLResponse=)?PHNhbW[wx]/.test(text))
    return 'a SAML message';
  if (
    /^(?:Cookie: |Set-Cookie: )?(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|\.ASPXAUTH|\.AspNet(?:Core)?\.[\w.]{1,60}|connect\.sid|laravel_session|sessionid|_session_id)=(?!ey[JA])/i.test(
      text,
    )
  )
    return 'a session cookie';
  // A cookie of Flask has the time in four to six bytes, and a signature of 20 bytes.
  if (/^\.?ey[\w-]+\.[\w-]{5,8}\.[\w-]{27}$/.test(text)) return 'a session cookie of Flask';
  if (/^eyJ[\w+/]+=*$/.test(text) && isOfLaravel(text)) return 'a cookie that Laravel encrypted';
  return undefined;
}

function isOfLaravel(base64: string): boolean {
  const json = new TextDecoder().decode(fromBase64(base64));
  return /"iv":/.test(json) && /"mac":/.test(json);
}
