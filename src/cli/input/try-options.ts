/**
 * Reads what `try` is told: the configuration of the account that it plays, where it listens, and whose pages it serves.
 *
 * @module
 */
import { isIP } from 'node:net';
import { defaultMethodName } from '../../contract/method-name.js';
import { isOrigin } from '../../contract/origins.js';
import { publicKeyValue } from '../../key/public-key-value.js';
import type { TryOptions } from '../../live-assist/try/start-try.js';
import type { Terminal } from '../output/terminal.js';
import { UsageError } from '../usage-error.js';
import { type AccessToken, readAccessToken } from './read-access-token.js';
import { readFileText } from './read-text.js';
import { requireIssuer, requireMethodName } from './require-setting.js';

export const defaultPort = '3900';

/** For `parseOptions`. */
export const tryOptions = {
  'public-key': { type: 'string' },
  issuer: { type: 'string' },
  'method-name': { type: 'string' },
  site: { type: 'string', multiple: true },
  messaging: { type: 'boolean' },
  port: { type: 'string' },
  dynamics: { type: 'string' },
  'access-token': { type: 'string' },
  'listen-on': { type: 'string' },
} as const;

interface Given {
  'public-key'?: string;
  issuer?: string;
  'method-name'?: string;
  site?: string[];
  messaging?: boolean;
  port?: string;
  dynamics?: string;
  'access-token'?: string;
  'listen-on'?: string;
}

/** @throws UsageError, KeyError */
export async function readTryOptions(values: Given, terminal: Terminal): Promise<Omit<TryOptions, 'files'>> {
  if (values.dynamics !== undefined && values['listen-on'] !== undefined)
    throw new UsageError(
      '--dynamics shows real records, so they stay on this machine. Leave out --listen-on, or leave out --dynamics.',
    );
  const accessToken = await readAccessToken(values, terminal);
  return {
    configuration: {
      publicKey: values['public-key'] === undefined ? '' : await readPublicKey(values['public-key']),
      issuer: values.issuer === undefined ? '' : requireIssuer(values.issuer),
      methodName: requireMethodName(values['method-name'] ?? defaultMethodName),
      product: values.messaging ? 'messaging' : 'chat',
    },
    port: requirePort(values.port ?? defaultPort),
    sites: (values.site ?? []).flatMap((list) => list.split(',')).map(requireSite),
    sharedAddress: values['listen-on'] === undefined ? undefined : requireAddress(values['listen-on']),
    dynamics: values.dynamics === undefined ? undefined : requireDynamics(values.dynamics, accessToken),
  };
}

/** The file of the key, as PEM or as the line in it, or the line itself. @throws KeyError, UsageError */
async function readPublicKey(given: string): Promise<string> {
  const isValue = /^MI[\w+/=\s]{60}|^-----/.test(given);
  return publicKeyValue(isValue ? given : await readFileText(given.replace(/^@/, ''), '--public-key'));
}

function requirePort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UsageError('--port is not a port. Give a number from 1 to 65535, or 0 for any free port.');
}

function requireSite(text: string): string {
  if (isOrigin(text) && /^https?:/.test(text)) return text;
  throw new UsageError(
    '--site is not an origin. Write it as browsers do, like https://shop.test:8443, without a slash at the end.',
  );
}

/** Returns the address as browsers write it in `Host`. */
function requireAddress(text: string): string {
  const url = `http://${text.includes(':') ? `[${text}]` : text}`;
  const address = URL.canParse(url) ? new URL(url).hostname.replace(/[[\]]/g, '') : '';
  // Zero, however it is written, stands for all interfaces.
  if (text === '*' || ['0.0.0.0', '::', '::ffff:0:0'].includes(address))
    throw new UsageError(
      '--listen-on takes one address of this machine, like 192.168.1.20, and not all of them.',
    );
  if (isIP(text) !== 0 && address) return address;
  throw new UsageError('--listen-on is not an IP address. Give one of this machine, like 192.168.1.20.');
}

function requireDynamics(text: string, { token }: AccessToken) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = url && /^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(url.origin);
  if (!url || (url.protocol !== 'https:' && !isLocal))
    throw new UsageError(
      '--dynamics is not the address of an organisation. Write it like https://contoso.crm4.dynamics.com.',
    );
  if (!token)
    throw new UsageError(
      'DATAVERSE_TOKEN is not set, and there is no --access-token. Save what `az account get-access-token --resource URL` prints, and name that file: --access-token "@access-token.json".',
    );
  return { url: url.origin, accessToken: token.trim() };
}
