/**
 * What the figures of a run depend on: the machine and the versions.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { chromium } from 'playwright';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';
import { thirdPartyVersions } from './third-party.js';

export function machine(): string {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} x ${cpus()[0]?.model.trim()}, ${memory} GiB, ${type()}`;
}

export async function versions(): Promise<Record<string, string>> {
  const browser = await chromium.launch(await chromiumLaunchOptions());
  const chromiumVersion = browser.version();
  await browser.close();
  const manifest = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  const { node, v8, openssl } = process.versions;
  const installed = (name: string) => manifest(`../../node_modules/${name}/package.json`).version as string;
  return {
    'live-assist-bridge': manifest('../../package.json').version,
    node,
    v8: v8 ?? '',
    openssl: openssl ?? '',
    chromium: chromiumVersion,
    ...Object.fromEntries(['ky', 'jose', 'rollup', 'terser'].map((name) => [name, installed(name)])),
    ...thirdPartyVersions(),
  };
}
