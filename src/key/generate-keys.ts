/**
 * Creates a key pair: the private key stays on the server, the public key is pasted in Live Assist.
 *
 * @module
 */
import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose';

export interface Keys {
  /**
   * PKCS#8 PEM (`BEGIN PRIVATE KEY`). Anyone who has it can pose as any visitor, so keep it in the server's secret
   * store.
   */
  privateKey: string;
  /** SubjectPublicKeyInfo PEM (`BEGIN PUBLIC KEY`). `publicKeyValue` converts it to the line to paste. */
  publicKey: string;
}

/**
 * Returns a new RSA key pair as text. Writes no files.
 *
 * @param bits Size of the modulus, a multiple of 8 from 2048 to 8192. Live Assist's upper limit is not published.
 * @default bits 2048
 * @throws TypeError for another size.
 */
export async function generateKeys(bits = 2048): Promise<Keys> {
  if (!Number.isInteger(bits) || bits < 2048 || bits > 8192 || bits % 8 !== 0)
    throw new TypeError(`An RSA key cannot have ${bits} bits here. Choose 2048 (the default), 3072 or 4096.`);
  const pair = await generateKeyPair('RS256', { modulusLength: bits, extractable: true });
  const [privateKey, publicKey] = await Promise.all([
    exportPKCS8(pair.privateKey),
    exportSPKI(pair.publicKey),
  ]);
  return { privateKey: `${privateKey}\n`, publicKey: `${publicKey}\n` };
}
