/**
 * Runs the demo as `npm run demo` does, on free ports and with a data folder of its own.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../recipes/run-program.js';

export interface RunningDemo {
  /** Origin of the visitor's site. */
  site: string;
  publicKey: string;
  issuer: string;
  /** All that the demo has written so far. */
  log(): string;
  stop(): Promise<void>;
}

const command = fileURLToPath(new URL('../../demo/server.ts', import.meta.url));

export async function runDemo(): Promise<RunningDemo> {
  const data = mkdtempSync(join(tmpdir(), 'live-assist-demo-'));
  const environment = { PORT: '0', DEMO_DATA: data, TSX_DISABLE_CACHE: '1' };
  const demo = await runProgram(
    process.execPath,
    ['--import', 'tsx', command],
    environment,
    /(?<=visitor's site\s+)http:\/\/localhost:\d+/,
  );
  const { issuer } = JSON.parse(readFileSync(join(data, 'live-assist.json'), 'utf8')) as { issuer: string };
  return {
    site: demo.url,
    publicKey: readFileSync(join(data, 'public_key.pem'), 'utf8'),
    issuer,
    log: demo.log,
    async stop() {
      await demo.stop();
      rmSync(data, { recursive: true });
    },
  };
}
