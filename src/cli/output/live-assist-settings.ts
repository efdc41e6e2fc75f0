/**
 * The settings to enter in Live Assist, with the fingerprint of the key.
 *
 * @module
 */
import { defaultMethodName } from '../../contract/method-name.js';
import { type SettingsToEnter, settingsToEnter } from '../../diagnosis/settings-to-enter.js';
import { fromBase64 } from '../../key/base64.js';
import { fingerprint } from '../../key/fingerprint.js';
import { publicKeyValue } from '../../key/public-key-value.js';

export interface LiveAssistSettings extends SettingsToEnter {
  /** SHA-256 of the SubjectPublicKeyInfo in hexadecimal, for comparing keys. */
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
    ...settingsToEnter(jwtPublicKey, issuer, methodName),
    fingerprint: await fingerprint(fromBase64(jwtPublicKey)),
  };
}
