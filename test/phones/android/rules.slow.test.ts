/**
 * Runs the phone file for Android against the token endpoint's double. Slow, because limits of seven seconds take
 * their time.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEndpoint } from '../endpoint-double.js';
import { type Classes, compile, doubles, javac, phoneFile } from './compile.js';

const checks = fileURLToPath(new URL('checks', import.meta.url));

describe.skipIf(!javac)("the app's file for Android", () => {
  let classes: Classes;

  beforeAll(async () => {
    classes = await compile([phoneFile, `${checks}/Main.java`], { sourcePath: [doubles, checks] });
  });

  afterAll(() => classes?.remove());

  /** Runs one group of checks in a process of its own, with as much memory as an old phone gives an app. */
  async function run(group: string): Promise<string[]> {
    const endpoint = await startEndpoint();
    const java = spawn('java', ['-Xmx96m', '-cp', classes.folder, 'Main', group, endpoint.url]);
    const [out, err] = await Promise.all([text(java.stdout), text(java.stderr), once(java, 'exit')]);
    endpoint.stop();
    const lines = `${err}${out}`.trim().split('\n');
    const [, count = '0'] = /^(\d+) checks, 0 failed$/.exec(lines.at(-1) ?? '') ?? [];
    return Number(count) > 0 ? [] : lines;
  }

  it.concurrent.each([
    ['hands over what the endpoint answers, if it is a token', 'answers'],
    ["never hands over a former visitor's token", 'visitors'],
    ['survives sources and an SDK that throw', 'sources'],
    ["accepts a page's token only from the page that was asked, and only for that call", 'pages'],
    ['answers hundreds of calls with five threads', 'crowds'],
    ['answers within eight seconds whatever the endpoint does', 'slow'],
    ['leaves no thread and no connection behind', 'hanging'],
  ])('%s', async (_, group) => {
    expect(await run(group)).toEqual([]);
  });
});
