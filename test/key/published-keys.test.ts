import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMinter, diagnose, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { publishedFingerprints } from '../../src/key/published-keys.js';
import { issuer } from '../diagnosis/diagnose-site.js';
import { keyOfRfc7515, publishedKey } from '../recipes/cases/published-keys.js';

const RS256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

describe.each([
  ['jwt.io', publishedKey],
  ['RFC 7515', keyOfRfc7515],
])('the key that %s prints', (place, pem) => {
  const published = { name: 'KeyError', code: 'published', message: expect.stringContaining(place) };
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  const cryptoKey = (extractable: boolean) =>
    crypto.subtle.importKey('pkcs8', new Uint8Array(der), RS256, extractable, ['sign']);
  const publicPem = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString();

  it('signs nothing, as text or as an extractable CryptoKey', async () => {
    await expect(createMinter({ privateKey: pem, issuer })).rejects.toMatchObject(published);
    await expect(createMinter({ privateKey: await cryptoKey(true), issuer })).rejects.toMatchObject(
      published,
    );
    // This key cannot be exported.
    await expect(createMinter({ privateKey: await cryptoKey(false), issuer })).resolves.toBeDefined();
  });

  it('is refused as the value to paste, and named by diagnose', async () => {
    await expect(publicKeyValue(publicPem)).rejects.toMatchObject(published);
    const [first] = await diagnose('x', { publicKey: publicPem.replace(/-----.*?-----|\s/g, '') });
    expect(first).toMatchObject({ code: 'key-published', message: expect.stringContaining(place) });
  });
});

const recipes = readdirSync('demo/recipes', { recursive: true, encoding: 'utf8' })
  .map((path) => join('demo/recipes', path))
  .filter((path) => /\.(php|py|rb|java|cs)$/.test(path))
  .filter((path) => readFileSync(path, 'utf8').includes('has been published'));

describe('every recipe that reads a key', () => {
  it.each(recipes)('%s refuses the same published keys as the minter', (path) => {
    const listed = readFileSync(path, 'utf8').match(/\b[\da-f]{64}\b/gi) ?? [];
    expect(listed.map((hash) => hash.toLowerCase()).sort()).toEqual([...publishedFingerprints].sort());
  });

  it('is found', () => expect(recipes.length).toBeGreaterThan(7));
});
