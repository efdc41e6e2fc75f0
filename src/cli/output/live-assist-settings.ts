/** What an administrator enters in Live Assist (the specification, "Setting up Live Assist for Authenticated Chats"). */
import { defaultMethodName } from '../../contract/method-name.js';
import { fromBase64 } from '../../key/base64.js';
import { fingerprint } from '../../key/fingerprint.js';
import { publicKeyValue } from '../../key/public-key-value.js';

export interface LiveAssistSettings {
  type: string;
  authenticationEndpoint: '';
  jwtPublicKey: string;
  jsMethodName: string;
  jsContext: '';
  /** On newer screens only. */
  jwtIssuer: string;
  /** On newer screens only; any name will do. */
  issuerDisplayName: string;
  /** SHA-256 of the SubjectPublicKeyInfo in hexadecimal, to compare keys by. */
  fingerprint: string;
}

/** @throws KeyError if the key cannot be used. */
export async function liveAssistSettings(
  publicKey: string,
  issuer: string,
  methodName = defaultMethodName,
): Promise<LiveAssistSettings> {
  const jwtPublicKey = await publicKeyValue(publicKey);
  return {
    type: 'oAuth 2.0 authentication',
    authenticationEndpoint: '',
    jwtPublicKey,
    jsMethodName: methodName,
    jsContext: '',
    jwtIssuer: issuer,
    issuerDisplayName: URL.canParse(issuer) ? new URL(issuer).host || issuer : issuer,
    fingerprint: await fingerprint(fromBase64(jwtPublicKey)),
  };
}
