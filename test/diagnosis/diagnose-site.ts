/**
 * A site with a key pair, which can sign tokens with any fault.
 *
 * @module
 */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { type DiagnoseOptions, diagnose, type Finding } from 'live-assist-bridge/server';

export const contact = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
export const issuer = 'www.example.com';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const publicPem = String(pair.publicKey.export({ type: 'spki', format: 'pem' }));
export const publicPkcs1 = String(pair.publicKey.export({ type: 'pkcs1', format: 'pem' }));
export const privatePem = String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
export const privateKey = pair.privateKey;

/** The lines between BEGIN and END, joined. */
export const oneLine = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');
/** The text that an administrator pastes. */
export const pasted = oneLine(publicPem);

export const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
export const seconds = () => Math.floor(Date.now() / 1000);

/** A token with this header and these claims, signed by the site. */
export function sign(header: object, claims: unknown, algorithm = 'RSA-SHA256'): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createSign(algorithm).update(input).sign(pair.privateKey).toString('base64url')}`;
}

/** The claims of a token in which nothing is wrong. */
export function fineClaims(): Record<string, unknown> {
  const iat = seconds();
  return { sub: contact, given_name: 'Zoë', family_name: '李', iss: issuer, iat, exp: iat + 7200 };
}

/** A token that is right except for the given claims and header. */
export function token(claims: Record<string, unknown> = {}, header: Record<string, unknown> = {}): string {
  return sign({ alg: 'RS256', typ: 'JWT', ...header }, { ...fineClaims(), ...claims });
}

/** Codes of the errors and warnings, in their order. */
export async function faults(subject: string | Response, options?: DiagnoseOptions): Promise<string[]> {
  return (await diagnose(subject, options)).filter(({ level }) => level !== 'note').map(({ code }) => code);
}

/** The message of the finding with that code. */
export async function messageOf(
  code: Finding['code'],
  subject: string | Response,
  options?: DiagnoseOptions,
): Promise<string> {
  const findings = await diagnose(subject, options);
  const found = findings.find((finding) => finding.code === code);
  if (!found) throw new Error(`No ${code} among ${findings.map(({ code }) => code).join(', ')}.`);
  return found.message;
}
