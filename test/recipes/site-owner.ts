/**
 * Copies a recipe as a site owner does, inserts the session's look-up, and starts it.
 *
 * @module
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataverseDouble } from './dataverse-double.js';
import { type RunningProgram, runProgram } from './run-program.js';

export interface Recipe {
  name: string;
  /** File below demo/recipes that holds the function to replace. */
  file: string;
  /**
   * Where the endpoint is. No other path answers.
   *
   * @default '/live-assist/token'
   */
  path?: string;
  /** The function's body as delivered, and as the site owner writes it: the header X-Visitor names the visitor. */
  body: { delivered: string; replaced: string };
  /** Whether it reads the key file once, when it starts. Otherwise it reads the file for every token. */
  readsKeyAtStart?: boolean;
  /** Names of the cases in which the recipe's platform decides the answer. */
  without?: readonly string[];
  /** The program that runs the recipe. Without one, its tests are skipped. */
  program: string | undefined;
  /** Prepares a copy of demo/recipes, for example builds it. */
  prepare?(folder: string): void | Promise<void>;
  /** The program's arguments for a copy. */
  start(folder: string): readonly string[];
}

export interface SiteOwner {
  publicKey: string;
  privateKey: string;
  issuer: string;
  /** @param from the folder in which the owner starts it */
  run(
    how: 'as-delivered' | 'with-session',
    changes?: Record<string, string>,
    from?: 'a-service' | 'a-terminal',
  ): Promise<RunningProgram>;
  /** A file outside the web root. */
  write(name: string, content: string | Buffer): string;
  cleanUp(): Promise<void>;
}

const recipes = fileURLToPath(new URL('../../demo/recipes', import.meta.url));

export function createSiteOwner(
  { file, body, program = '', prepare, start }: Recipe,
  dataverse: DataverseDouble,
  keys: { privateKey: string; publicKey: string },
): SiteOwner {
  const home = mkdtempSync(join(tmpdir(), 'live-assist-recipe-'));
  const programs: RunningProgram[] = [];
  const issuer = 'www.example.com';
  const write = (name: string, content: string | Buffer) => {
    writeFileSync(join(home, name), content, { mode: 0o600 });
    return join(home, name);
  };
  const settings = {
    LIVE_ASSIST_ISSUER: issuer,
    LIVE_ASSIST_PRIVATE_KEY_FILE: write('private_key.pem', keys.privateKey),
    DYNAMICS_URL: `${dataverse.url}/`,
    DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
    DYNAMICS_CLIENT_ID: dataverse.clientId,
    DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
    PORT: '0',
  };
  const copies = new Map<string, string>();

  const copy = async (how: 'as-delivered' | 'with-session'): Promise<string> => {
    const folder = mkdtempSync(join(home, `${how}-`));
    // Compiler output is not copied.
    cpSync(recipes, folder, { recursive: true, filter: (path) => !/[\\/](bin|obj)$/.test(path) });
    if (how === 'with-session') {
      const parts = readFileSync(join(folder, file), 'utf8').split(body.delivered);
      if (parts.length !== 2)
        throw new Error(`${file} holds "${body.delivered}" ${parts.length - 1} times, not once.`);
      writeFileSync(join(folder, file), parts.join(body.replaced));
    }
    await prepare?.(folder);
    return folder;
  };

  return {
    ...keys,
    issuer,
    write,
    async run(how, changes = {}, from = 'a-service') {
      const folder = copies.get(how) ?? (await copy(how));
      copies.set(how, folder);
      const asService = [program, ...start(folder)];
      const line = asService.map((word) => `'${word}'`).join(' ');
      const [command = '', ...args] =
        from === 'a-service' ? asService : ['script', '-qefc', `exec ${line}`, '/dev/null'];
      const running = await runProgram(command, args, { ...settings, ...changes });
      programs.push(running);
      return running;
    },
    async cleanUp() {
      await Promise.all(programs.map((running) => running.stop()));
      rmSync(home, { recursive: true });
    },
  };
}
