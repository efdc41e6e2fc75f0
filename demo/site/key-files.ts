/**
 * The site's key pair as files: made on the first start, checked on every later one.
 *
 * @module
 */
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeJwt, importPKCS8, SignJWT } from 'jose';
import { createMinter, generateKeys, type Mint, publicKeyValue } from 'live-assist-bridge/server';
import { writeWholeFile } from '#live-assist';

export interface KeyFiles {
  mint: Mint;
  /** Mints tokens that expired a minute and a half ago, to show what a site's visitors see then. */
  mintExpired: Mint;
  /** The public key as it is pasted into Live Assist. */
  publicKey: string;
}

/**
 * Creates a pair only if nothing was created before: Live Assist would refuse every chat signed with a new key.
 *
 * @throws Error if one file is missing, is not a key, or belongs to another pair.
 */
export async function openKeyFiles(dataDir: string, issuer: string): Promise<KeyFiles> {
  const privatePath = join(dataDir, 'private_key.pem');
  const publicPath = join(dataDir, 'public_key.pem');
  // The private key is written last. Until it exists, nothing has been signed, and an interrupted start can be
  // repeated.
  const isFirstStart = ![privatePath, join(dataDir, 'live-assist.json')].some(existsSync);
  if (isFirstStart) {
    const { privateKey, publicKey } = await generateKeys();
    if (existsSync(publicPath))
      await publicKeyValue(readFileSync(publicPath, 'utf8')).catch(blame(publicPath));
    writeWholeFile(publicPath, publicKey);
    writeWholeFile(privatePath, privateKey, 0o600);
  }
  const remedy = `Put the right file back, or delete ${dataDir} to start again with a new pair.`;
  const read = (path: string) => {
    if (!existsSync(path)) throw new Error(`${path} is missing. ${remedy}`);
    return readFileSync(path, 'utf8');
  };
  const privateKey = read(privatePath);
  const mint = await createMinter({ privateKey, issuer }).catch(blame(privatePath));
  const publicKey = await publicKeyValue(read(publicPath)).catch(blame(publicPath));
  const derived = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  if (derived !== publicKey) throw new Error(`${privatePath} does not belong to ${publicPath}. ${remedy}`);

  const key = await importPKCS8(privateKey, 'RS256');
  const mintExpired: Mint = async (contact) => {
    const { iat = 0, exp = 0, ...claims } = decodeJwt(await mint(contact));
    const age = exp - iat + 90;
    return new SignJWT({ ...claims, iat: iat - age, exp: exp - age })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .sign(key);
  };
  return { mint, mintExpired, publicKey };
}

const blame = (path: string) => (error: Error) => {
  throw new Error(`${path} cannot be used: ${error.message}`);
};
