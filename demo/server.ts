/**
 * The demo's command: builds the package if needed, starts all actors, prints where they are, stops at Ctrl-C.
 *
 * @module
 */
import { takeAddress } from './address.js';
import { ensureBuild } from './ensure-build.js';
import { openBrowser } from './open-browser.js';
import { help, readSettings } from './settings.js';

try {
  const settings = readSettings(process.env, process.argv.slice(2));
  if (settings.help) console.log(help);
  else await run(settings);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

async function run({ port, dataDir, dynamics, open }: ReturnType<typeof readSettings>): Promise<void> {
  // Done before the build, so that a taken port is reported at once, and early requests are answered.
  const stageAddress = await takeAddress('localhost', port);
  try {
    await ensureBuild();
  } catch (error) {
    await stageAddress.close();
    throw error;
  }
  const { startDemo } = await import('./start-demo.js');
  const { url, site, desk, configuration, crm, close } = await startDemo({
    port,
    dataDir,
    dynamics,
    stageAddress,
  });
  const about = dynamics
    ? '\n  The addresses of stage, desk and configuration contain a key. Do not pass the key on.\n'
    : '';
  console.log(`
  live-assist-bridge is on stage:  ${url}

  The visitor's site               ${site}
  The agent's desk                 ${desk}
  Live Assist's configuration      ${configuration}
  ${dynamics ? 'Dynamics                       ' : 'The CRM                        '}  ${crm}

  Next: open the first address, and click what is marked. Ctrl-C ends the demo.
${about}`);
  // Other users of this machine see the command that opens a browser, and would see the key in the address.
  if (open && dynamics) console.log('With Dynamics, the browser is not opened for you.\n');
  else if (open) openBrowser(url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, async () => {
      await close();
      process.exit(0);
    });
}
