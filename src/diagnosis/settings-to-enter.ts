/**
 * What an administrator enters in Live Assist (the specification, "Setting up Live Assist for Authenticated Chats").
 *
 * @module
 */

export interface SettingsToEnter {
  type: string;
  authenticationEndpoint: '';
  jwtPublicKey: string;
  jsMethodName: string;
  jsContext: '';
  /** On newer screens only. */
  jwtIssuer: string;
  /** On newer screens only; any name will do. */
  issuerDisplayName: string;
}

/** Returns the settings for a key that is already in the form to paste. */
export function settingsToEnter(jwtPublicKey: string, issuer: string, methodName: string): SettingsToEnter {
  return {
    type: 'oAuth 2.0 authentication',
    authenticationEndpoint: '',
    jwtPublicKey,
    jsMethodName: methodName,
    jsContext: '',
    jwtIssuer: issuer,
    issuerDisplayName: URL.canParse(issuer) ? new URL(issuer).host || issuer : issuer,
  };
}
