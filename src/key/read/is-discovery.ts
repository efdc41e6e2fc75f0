/** Whether the text is the configuration of an identity server (OpenID Connect Discovery 1.0 section 3), which names its keys. */
export const isDiscovery = (text: string): boolean =>
  /^\s*\{/.test(text) && /"jwks_uri"\s{0,9}:/.test(text) && /"(issuer|token_endpoint)"\s{0,9}:/.test(text);
