/**
 * Formats what is configured in Live Assist now, for the tables that compare it.
 *
 * @module
 */
import { isByJwks } from '../../diagnosis/account/compare-connector.js';
import { type Connector, isUnreadable } from '../../diagnosis/account/connector.js';
import { examineKey } from '../../diagnosis/key/key.js';
import { quote } from '../../diagnosis/quote.js';
import { toHex } from '../../key/base64.js';
import { fingerprint } from '../../key/fingerprint.js';
import { readKey } from '../../key/read/read-key.js';

export const notPublished = '(not published)';

/** The column "configured now" of the table of settings, by the names of its rows. */
export interface ConfiguredColumn {
  type: string;
  authenticationEndpoint: string;
  jwtPublicKey: string;
  jsMethodName: string;
  jsContext: string;
  jwtIssuer: string;
  issuerDisplayName: string;
}

/** @param connector The identity provider that was selected; without it, every row says so. */
export async function configuredColumn(
  connector: Connector | undefined,
  publicKey: string,
): Promise<ConfiguredColumn> {
  const fields = connector?.fields ?? {};
  const text = (name: keyof Connector['fields']) => (connector ? configuredField(connector, name) : unknown);
  const isDeleted = connector?.deleted ? ' (the provider is deleted)' : '';
  return {
    type: connector ? configuredType(connector.type) + isDeleted : unknown,
    authenticationEndpoint: text('authorizationEndpoint'),
    jwtPublicKey: fields.jwtPublicKey?.trim()
      ? await configuredKey(fields, publicKey)
      : isByJwks(fields)
        ? '(none: keys come from JWKS)'
        : text('jwtPublicKey'),
    jsMethodName: text('jsMethodName'),
    jsContext: text('jsContext'),
    jwtIssuer: text('issuer'),
    issuerDisplayName: text('issuerDisplayName'),
  };
}

/** Says how the published key relates to the key to enter. */
async function configuredKey(fields: Connector['fields'], publicKey: string): Promise<string> {
  const published = fields.jwtPublicKey ?? '';
  if (isByJwks(fields)) return '(not used: keys come from JWKS)';
  if (readKey(published).kind === 'private') return '(a PRIVATE key: it is public now, replace the pair)';
  if (await sameKey(published, publicKey)) return '(this key)';
  const words = await keyWords(published);
  return words.startsWith('(') ? words : `(another key: ${words})`;
}

const unknown = '(not known)';

/** Returns the configured values as published, for JSON output, or `null` if no identity provider was selected. */
export function configuredValues(connector: Connector | undefined) {
  if (!connector) return null;
  const { id = null, name = null, type = null, deleted = null, fields } = connector;
  const isPrivate = readKey(fields.jwtPublicKey ?? '').kind === 'private';
  return { id, name, type, deleted, ...fields, ...(isPrivate && { jwtPublicKey: '(a private key)' }) };
}

/** A field of the configuration in words. */
export const configuredField = (connector: Connector, name: keyof Connector['fields']): string =>
  isUnreadable(connector, name) ? '(not a text)' : configuredText(connector.fields[name]);

/** Quotes the text, so that a trailing space is visible and control characters are escaped. */
const configuredText = (value: string | undefined): string =>
  value === undefined ? notPublished : value.trim() ? quote(value) : '(blank)';

export const configuredType = (type: number | undefined): string =>
  type === undefined ? notPublished : type === 1 ? 'implicit' : type === 2 ? 'code flow' : String(type);

/** Shows a key by its fingerprint, because nobody compares 392 characters. */
export async function keyWords(text: string | undefined): Promise<string> {
  if (text === undefined) return notPublished;
  if (!text.trim()) return '(blank)';
  const { key } = await examineKey(text);
  return key
    ? `${key.bits} bits, SHA-256 ${(await fingerprint(key.spki)).slice(0, 16)}...`
    : '(not a key that can be read)';
}

async function sameKey(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map(examineKey));
  return (
    first?.key !== undefined && second?.key !== undefined && toHex(first.key.spki) === toHex(second.key.spki)
  );
}
