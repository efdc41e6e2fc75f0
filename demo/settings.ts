/** What the environment says about the demo. Nothing has to be set. */
import { fileURLToPath } from 'node:url';
import type { DemoOptions } from './start-demo.js';

const defaultPort = 3000;

/** @throws Error in a sentence when something set cannot be meant. */
export function readSettings(environment: NodeJS.ProcessEnv): DemoOptions {
  const { PORT, DEMO_DATA, DYNAMICS_URL, DATAVERSE_TOKEN } = environment;
  if (PORT && !(/^\d{1,5}$/.test(PORT) && Number(PORT) <= 65_535))
    throw new Error(`PORT is ${JSON.stringify(PORT)}, which is no port. Set it to a number from 0 to 65535.`);
  if (Boolean(DYNAMICS_URL) !== Boolean(DATAVERSE_TOKEN))
    throw new Error(
      'Only one of DYNAMICS_URL and DATAVERSE_TOKEN is set. A Dynamics organisation needs both.',
    );
  return {
    port: PORT ? Number(PORT) : defaultPort,
    dataDir: DEMO_DATA || fileURLToPath(new URL('.data', import.meta.url)),
    dynamics:
      DYNAMICS_URL && DATAVERSE_TOKEN ? { url: DYNAMICS_URL, accessToken: DATAVERSE_TOKEN } : undefined,
  };
}
