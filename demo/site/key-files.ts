/** The site's key pair as files: made on the first start, checked on every later one. */
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMinter, generateKeys, type Mint, publicKeyValue } from 'live-assist-bridge/server';

export interface KeyFiles {
  mint: Mint;
  /** The public key as it is pasted into Live Assist. */
  publicKey: string;
}

/**
 * Makes a pair only where nothing has been made before: a new key behind Live Assist's back would refuse every chat.
 *
 * @throws Error when one file is missing, is no key, or belongs to another pair.
 */
export async function openKeyFiles(
  dataDir: string,
  issuer: string,
  isFirstStart: boolean,
): Promise<KeyFiles> {
  const privatePath = join(dataDir, 'private_key.pem');
  const publicPath = join(dataDir, 'public_key.pem');
  if (isFirstStart) {
    const { privateKey, publicKey } = await generateKeys();
    writeFileSync(privatePath, privateKey, { mode: 0o600, flag: 'wx' });
    writeFileSync(publicPath, publicKey, { flag: 'wx' });
  }
  const remedy = `Put the right file back, or delete ${dataDir} to start afresh.`;
  const read = (path: string) => {
    if (!existsSync(path)) throw new Error(`${path} is missing. ${remedy}`);
    return readFileSync(path, 'utf8');
  };
  const blame = (path: string) => (error: Error) => {
    throw new Error(`${path} cannot be used: ${error.message}`);
  };
  const privateKey = read(privatePath);
  const mint = await createMinter({ privateKey, issuer }).catch(blame(privatePath));
  const publicKey = await publicKeyValue(read(publicPath)).catch(blame(publicPath));
  const itsOther = createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
  if (itsOther !== publicKey) throw new Error(`${privatePath} does not belong to ${publicPath}. ${remedy}`);
  return { mint, publicKey };
}
