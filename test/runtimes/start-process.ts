/**
 * Starts a server that prints its port.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export async function startProcess(command: string, args: string[]) {
  const server = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'close');
  const port = new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).on('line', (line) => {
      const port = /^port (\d+)$/.exec(line)?.[1];
      if (port) resolve(port);
    });
    server.on('error', reject);
    server.on('exit', (code) => reject(new Error(`${command} ended with ${code}.`)));
  });
  return {
    url: `http://127.0.0.1:${await port}`,
    stop() {
      server.kill();
      return ended;
    },
  };
}
