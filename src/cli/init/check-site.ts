/**
 * Runs `diagnose` on the site if it is running, and asks it for the private key.
 *
 * @module
 */
import { sep } from 'node:path';
import { byLevel, type Finding } from '../../diagnosis/findings/finding.js';
import { createProbe } from '../probe/ask-endpoint.js';
import { examineEndpoint } from '../probe/examine-endpoint.js';

export interface SiteCheck {
  state: 'down' | 'not-mounted' | 'guest' | 'examined';
  findings: Finding[];
  /** The address at which the site serves the private key. */
  keyAddress: string | undefined;
}

export async function checkSite(
  url: string,
  { privatePath, ...given }: { publicKey: string; issuer: string; privatePath: string },
): Promise<SiteCheck> {
  const status = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(3000) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => undefined,
  );
  if (status === undefined) return { state: 'down', findings: [], keyAddress: undefined };
  const keyAddress = await findKey(url, privatePath);
  if (status === 404) return { state: 'not-mounted', findings: [], keyAddress };
  const endpoint = createProbe({
    url,
    method: 'GET',
    headers: new Headers(),
    timeout: 8000,
  });
  const { findings } = await examineEndpoint(endpoint, { ...given, tokenField: 'token', origin: undefined });
  // Expected, because the request had no session.
  if (findings.some(({ code }) => code === 'guest-refused'))
    return { state: 'guest', findings: [], keyAddress };
  return { state: 'examined', findings: findings.sort(byLevel), keyAddress };
}

/** Asks for the key below each of its folders, because it is unknown which of them the server serves. */
async function findKey(url: string, privatePath: string): Promise<string | undefined> {
  const names = privatePath.split(sep).map(encodeURIComponent).slice(-4);
  const addresses = names.map((_, index) => new URL(`/${names.slice(index).join('/')}`, url).href);
  const found = await Promise.all(addresses.map(servesKey));
  return addresses.find((_, index) => found[index]);
}

const servesKey = (address: string) =>
  fetch(address, { signal: AbortSignal.timeout(3000) })
    .then(async (response) => response.ok && /-----BEGIN [\w ]*PRIVATE KEY-----/.test(await response.text()))
    // No answer: the key is not served there.
    .catch(() => false);
