/**
 * Reads the demo's settings from the command line and the environment. All have defaults.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export interface Settings {
  port: number;
  dataDir: string;
  dynamics: { url: string; accessToken: string } | undefined;
  /** Whether to open the browser. */
  open: boolean;
  help: boolean;
}

export const help = `Usage: npm run demo -- [options]

  --open         open the stage in the browser
  --port NUMBER  the stage's port (default 3000); the others take the next three

With a real Dynamics organisation in place of the demo's CRM, set both:
  DYNAMICS_URL      its address, such as https://contoso.crm4.dynamics.com
  DATAVERSE_TOKEN   an access token for it, such as "az account get-access-token --resource <address>" prints
The people on the site are then looked up there by their e-mail addresses, and records open in a tab.

DEMO_DATA is the folder for keys, configuration and contacts (default demo/.data).`;

const defaultPort = 3000;

/** @throws Error with a sentence if a setting cannot be used. */
export function readSettings(environment: NodeJS.ProcessEnv, args: string[] = []): Settings {
  const options = readOptions(args);
  keptByNpm(environment, options);
  const { PORT, DEMO_DATA, DYNAMICS_URL, DATAVERSE_TOKEN } = environment;
  const [name, port] = options.port === undefined ? ['PORT', PORT] : ['--port', options.port];
  if (
    port !== undefined &&
    !(port === '' && name === 'PORT') &&
    !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)
  )
    throw new Error(
      `${name} is ${JSON.stringify(port)}, which is not a port. Set it to a number from 0 to 65535.`,
    );
  if (Boolean(DYNAMICS_URL) !== Boolean(DATAVERSE_TOKEN))
    throw new Error(
      'Only one of DYNAMICS_URL and DATAVERSE_TOKEN is set. A Dynamics organisation needs both.',
    );
  if (
    DYNAMICS_URL &&
    !/^https:\/\/[^\s/]+\/?$|^http:\/\/(localhost|127\.0\.0\.1)(:\d+)?\/?$/.test(DYNAMICS_URL)
  )
    throw new Error(
      'DYNAMICS_URL is not the address of an organisation. Set it to one like https://contoso.crm4.dynamics.com.',
    );
  return {
    port: port ? Number(port) : defaultPort,
    dataDir: DEMO_DATA || fileURLToPath(new URL('.data', import.meta.url)),
    dynamics:
      DYNAMICS_URL && DATAVERSE_TOKEN ? { url: DYNAMICS_URL, accessToken: DATAVERSE_TOKEN } : undefined,
    open: options.open ?? false,
    help: options.help ?? false,
  };
}

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: { port: { type: 'string' }, open: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    return values;
  } catch (error) {
    const [port = '', ...others] = args;
    if (others.length === 0 && /^\d+$/.test(port)) throw new Error(withDashes(`--port ${port}`));
    const [fact = ''] = (error as Error).message.split(/\. |\n/);
    throw new Error(`${fact}. The demo knows --open, --port NUMBER and --help.`);
  }
}

const withDashes = (options: string) =>
  `npm kept the options for itself. Write two dashes before them: npm run demo -- ${options}`;

/** Without the two dashes, npm takes the options and hands them on as variables. */
function keptByNpm(
  { npm_config_port: port, npm_config_open: open }: NodeJS.ProcessEnv,
  options: ReturnType<typeof readOptions>,
): void {
  if (port && !options.port) throw new Error(withDashes(`--port ${/^\d+$/.test(port) ? port : 'NUMBER'}`));
  if (open && !options.open) throw new Error(withDashes('--open'));
}
