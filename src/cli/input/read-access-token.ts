/**
 * Reads the access token for Dynamics from a file, or from the environment.
 *
 * @module
 */
import type { Terminal } from '../output/terminal.js';
import { UsageError } from '../usage-error.js';
import { readFileText } from './read-text.js';

export interface AccessToken {
  token: string | undefined;
  /** Where the token comes from, as the beginning of a sentence. */
  source: string;
}

/** Reads a file with the token alone, or with the whole answer of Entra ID or the Azure CLI. @throws UsageError */
export async function readAccessToken(
  { dynamics, 'access-token': given }: { dynamics?: string; 'access-token'?: string },
  { env }: Terminal,
): Promise<AccessToken> {
  if (given !== undefined && dynamics === undefined)
    throw new UsageError('--access-token goes with --dynamics, the address of the organisation. Give both.');
  if (given === undefined) return { token: env.DATAVERSE_TOKEN, source: 'DATAVERSE_TOKEN' };
  if (!given.startsWith('@'))
    throw new UsageError(
      '--access-token takes the name of a file with an @ before it, because the history of the shell would show the token: --access-token "@access-token.json".',
    );
  const text = await readFileText(given.slice(1), '--access-token');
  return { token: tokenIn(text), source: 'The file in --access-token' };
}

function tokenIn(text: string): string {
  try {
    const answer = JSON.parse(text);
    const token = typeof answer === 'string' ? answer : (answer?.access_token ?? answer?.accessToken);
    return typeof token === 'string' ? token : text;
  } catch {
    return text;
  }
}
