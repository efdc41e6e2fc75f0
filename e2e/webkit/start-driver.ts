/**
 * Starts WebKitWebDriver on its own port.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { InstalledWebKit } from '../browser/installed-webkit.js';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** @throws Error if the driver ends, or is not ready within half a minute. */
export async function startDriver({ driver, xvfbRun }: InstalledWebKit) {
  const port = await freePort();
  const command = [...(xvfbRun ? [xvfbRun, '--auto-servernum'] : []), driver, `--port=${port}`];
  const [program = driver, ...args] = command;
  const child = spawn(program, args, {
    // A separate process group, because xvfb-run does not pass signals on to its children.
    detached: true,
    stdio: 'ignore',
    // The sandbox is off: the pages are our own, and containers often forbid what the sandbox needs.
    env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('exit', (code) => resolve(`it ended with ${code}`));
  });
  let hasEnded = '';
  ended.then((reason) => {
    hasEnded = reason;
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.pid && !hasEnded) process.kill(-child.pid, 'SIGTERM');
    await ended;
  };
  const deadline = performance.now() + 30_000;
  while (
    !(await fetch(`${url}/status`).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (hasEnded) throw new Error(`WebKitWebDriver did not start: ${hasEnded}. Start it by hand to see why.`);
    if (performance.now() > deadline) {
      await stop();
      throw new Error('WebKitWebDriver was not ready within 30 s. Is the machine overloaded?');
    }
    await setTimeout(50);
  }
  return { url, stop };
}
