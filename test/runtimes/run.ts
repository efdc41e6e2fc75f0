/**
 * Runs the token endpoint's suite on every available runtime: `npm run test:runtimes`, or `-- bun` for one.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.js';
import { checkSite } from './check-site.js';
import { install } from './install.js';
import { startProcess } from './start-process.js';
import { startWorkerd } from './start-workerd.js';

interface Runtime {
  name: string;
  /** The package to fetch from the npm registry; none for the running Node. */
  fetches?: string;
  start(folder: string, script: string): Promise<{ url: string; stop(): Promise<unknown> }>;
  entry: 'serve.ts' | 'worker.ts';
  /** A sentence of the suite that this runtime does not fulfil. docs/token-endpoint.md says so, too. */
  lacks?: string;
}

const bin = (name: string, ...options: string[]) => ({
  entry: 'serve.ts' as const,
  start: (folder: string, script: string) =>
    startProcess(join(folder, 'node_modules', '.bin', name), [...options, script]),
});

const runtimes: Runtime[] = [
  {
    name: `Node ${process.version}`,
    entry: 'serve.ts',
    start: (_, script) => startProcess(process.execPath, [script]),
  },
  { name: 'Node 22', fetches: 'node@22', ...bin('node') },
  { name: 'Node 24', fetches: 'node@24', ...bin('node') },
  { name: 'Bun', fetches: 'bun@1.4.5', ...bin('bun', 'run') },
  { name: 'Deno', fetches: 'deno@2.9.5', ...bin('deno', 'run', '--allow-net=127.0.0.1', '--no-prompt') },
  {
    name: 'workerd',
    fetches: 'miniflare@4.20260426.0',
    entry: 'worker.ts',
    start: startWorkerd,
    // Its request's signal never aborts, not even with the flag enable_request_signal.
    lacks: 'notices that a client has left',
  },
];

const check = async (script: string, own: string, { start, lacks }: Runtime) => {
  try {
    const { url, stop } = await start(own, script);
    return await checkSite(url, lacks).finally(stop);
  } catch (error) {
    return { passed: 0, failed: [String(error)] };
  }
};

const [, , only = ''] = process.argv;
const chosen = runtimes.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
if (chosen.length === 0) {
  console.error(`There is no runtime ${only}. There are ${runtimes.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const folder = await mkdtemp(join(tmpdir(), 'live-assist-bridge-runtimes-'));
let failures = 0;
try {
  for (const [index, runtime] of chosen.entries()) {
    const { name, fetches, entry, lacks } = runtime;
    const own = join(folder, String(index));
    const missing = fetches && (await install(own, fetches));
    if (missing) {
      console.log(`- ${name}: skipped, ${fetches} could not be fetched (${missing})`);
      // If a runtime is named, a missing one is an error.
      if (only || process.env.REQUIRE_TOOLS) failures += 1;
      continue;
    }
    const { passed, failed } = await check(await bundle(entry, folder), own, runtime);
    failures += failed.length;
    console.log(`${failed.length ? '✗' : '✓'} ${name}: ${passed} passed, ${failed.length} failed`);
    if (lacks) console.log(`    not asked: ${lacks}`);
    for (const failure of failed) console.log(`    ${failure}`);
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
process.exitCode = failures ? 1 : 0;
