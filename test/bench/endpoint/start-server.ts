/**
 * Starts a token endpoint in a process of its own.
 *
 * @module
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface ServerOptions {
  /** A signature that costs nothing. */
  signature?: 'constant';
  /** The same token for everybody, without the handler. */
  answer?: 'constant';
  /** Milliseconds of a simulated look-up. */
  lookUp?: number;
  /** Look-ups by e-mail address at this double of Dataverse. */
  dynamics?: { url: string; accessToken: string };
}

interface Used {
  /** Milliseconds of processor time. */
  cpu: number;
  /** MiB in use after a garbage collection. */
  heap: number;
  /** MiB that the operating system counts. */
  resident: number;
}

export interface Server {
  url: string;
  used(): Promise<Used>;
  stop(): void;
}

export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)), [JSON.stringify(options)], {
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  const message = async () => {
    const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (typeof answer !== 'object') throw new Error(`The server process ended with ${answer}.`);
    return answer;
  };
  const { port } = await message();
  return {
    url: `http://127.0.0.1:${port}/live-assist/token`,
    used() {
      child.send('used');
      return message();
    },
    stop() {
      child.kill();
    },
  };
}
