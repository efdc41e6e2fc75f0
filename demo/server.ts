/** The demo's command: starts all actors, prints where they are, stops at Ctrl-C. */
import { readSettings } from './settings.js';
import { startDemo } from './start-demo.js';

try {
  const { url, site, desk, configuration, crm, close } = await startDemo(readSettings(process.env));
  console.log(`
  live-assist-bridge is on stage:  ${url}

  The visitor's site               ${site}
  The agent's desk                 ${desk}
  Live Assist's configuration      ${configuration}
  The CRM                          ${crm}

  Ctrl-C ends it.
`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, async () => {
      await close();
      process.exit(0);
    });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
