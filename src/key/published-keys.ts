/**
 * Recognises key pairs whose private half is printed in public documentation.
 *
 * Sites that copy an example keep its key. Anyone who has read the same page can then sign tokens for any of their contacts.
 *
 * @module
 */

/** Where each pair is printed, by the SHA-256 of its SubjectPublicKeyInfo. */
const places: Readonly<Record<string, string>> = {
  f56c8b01227f62ddbc16eb29a6ac0b310e276760a5e06302fa881a35146f6bc7: 'jwt.io',
  d2f8d7917928bbe7a457bdbaa0f69221a49b0fbc867ea34b700e9e78364d57e8: 'jwt.io',
  '6fd13c2435a361e7c588cd17f55f5ad3df0177a66c1727a6a200845f4d7ab88c': 'RFC 7515',
  ad32320cf6c596d884b05381ba573aba8ddd5749b4de8f4a23a79f9a89ddaeb2: 'RFC 7517',
  '627771f25da426d1f9ae315e42106d700b1529850eee1592acf39603959d795d': 'RFC 7520',
  '411a6612528417de252e5d2bf92bcf16bb2279b77f79ccd1f5c30d96418d1c08': "golang-jwt's tests",
  '3dd15ef34ff58da98b4cf8fa6b9e2eb281665c38e36f56ad1faba791b2d536c3': "php-jwt's README",
  '4886b0384bff5435d1c7e4830f4577ece463affb9c5fd4488835a1b006875547': "jose's documentation",
};

/** The SHA-256 of every public key in the table. The recipes have the same table. */
export const publishedFingerprints: readonly string[] = Object.keys(places);

/**
 * Returns where the pair is printed whose public key has this SHA-256 in hexadecimal, or `undefined` for any other
 * pair.
 */
export function publishedIn(fingerprint: string): string | undefined {
  return Object.hasOwn(places, fingerprint) ? places[fingerprint] : undefined;
}
