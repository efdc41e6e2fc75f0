/**
 * Runs `diagnose` on the site if it is running.
 *
 * @module
 */
import { isLocalHost } from '../../contract/origins.js';
import { byLevel, type Finding } from '../../diagnosis/findings/finding.js';
import { createProbe } from '../probe/ask-endpoint.js';
import { examineEndpoint } from '../probe/examine-endpoint.js';

export interface SiteCheck {
  state: 'down' | 'not-mounted' | 'guest' | 'examined';
  findings: Finding[];
}

export async function checkSite(
  url: string,
  given: { publicKey: string; issuer: string },
): Promise<SiteCheck> {
  const status = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(3000) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.status;
    },
    () => undefined,
  );
  if (status === undefined) return { state: 'down', findings: [] };
  if (status === 404) return { state: 'not-mounted', findings: [] };
  const endpoint = createProbe({
    url,
    method: 'GET',
    headers: new Headers(),
    timeout: 8000,
  });
  const { findings } = await examineEndpoint(endpoint, { ...given, tokenField: 'token', origin: undefined });
  // Expected, because the request had no session.
  if (findings.some(({ code }) => code === 'signed-out')) return { state: 'guest', findings: [] };
  // A guest on this machine gets the trial contact's token. That is the purpose of the setting.
  return {
    state: 'examined',
    findings: findings
      .filter(({ code }) => code !== 'token-for-anyone' || !isLocalHost(new URL(url).hostname))
      .sort(byLevel),
  };
}
