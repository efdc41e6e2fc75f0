/**
 * Starts the minimal sites of the recipes, each with its own command, and signs Maya in.
 *
 * @module
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateKeys } from 'live-assist-bridge/server';
import { ask } from '../../recipes/ask.js';
import type { DataverseDouble } from '../../recipes/dataverse-double.js';
import { openBrowser } from '../../recipes/dotnet/browser.js';
import { compileJava, findJava, javaServer } from '../../recipes/java.js';
import { type RunningProgram, runProgram } from '../../recipes/run-program.js';
import { createSiteOwner } from '../../recipes/site-owner.js';
import { findSites } from '../../recipes/sites.js';
import type { Target } from './load.js';

const recipes = fileURLToPath(new URL('../../../demo/recipes', import.meta.url));

export interface RecipeSites {
  targets: Record<string, Target>;
  stop(): Promise<void>;
}

/** Languages that are not installed are left out, and named in the output. */
export async function startRecipeSites(dataverse: DataverseDouble): Promise<RecipeSites> {
  const home = mkdtempSync(join(tmpdir(), 'live-assist-bench-'));
  const keys = await generateKeys();
  writeFileSync(join(home, 'private_key.pem'), keys.privateKey, { mode: 0o600 });
  const environment = {
    LIVE_ASSIST_ISSUER: 'www.example.com',
    LIVE_ASSIST_PRIVATE_KEY_FILE: join(home, 'private_key.pem'),
    DYNAMICS_URL: dataverse.url,
    DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
    DYNAMICS_CLIENT_ID: dataverse.clientId,
    DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
    PORT: '0',
    // No __pycache__ beside the recipe, which is packed.
    PYTHONDONTWRITEBYTECODE: '1',
  };
  const running: RunningProgram[] = [];
  const run = async (program: string, args: string[]) => {
    const site = await runProgram(program, args, environment);
    running.push(site);
    return site.url;
  };
  const targets: Record<string, Target> = {};
  const add = (name: string, site: string, Cookie = '') => {
    targets[name] = { url: new URL('/live-assist/token', site).href, headers: { Cookie } };
  };

  for (const { name, program, args } of findSites()) {
    if (!program) continue;
    const site = await run(program, args);
    const { headers } = await ask(site, '/', 'POST', [], 'as=maya');
    add(name, site, [headers['set-cookie'] ?? ''].flat().at(-1)?.split(';')[0]);
  }

  // Java has no minimal site. Its own server is told who is signed in.
  const java = findJava('the recipe in Java');
  const owner = createSiteOwner(
    {
      name: 'Java',
      file: 'java/LiveAssistToken.java',
      body: {
        delivered: '        return null;\n    }\n\n    /** Its message is our',
        replaced: '        return "maya@example.com";\n    }\n\n    /** Its message is our',
      },
      program: java,
      prepare: compileJava,
      start: javaServer,
    },
    dataverse,
    keys,
  );
  if (java) add('Java', (await owner.run('with-session')).url);

  const { buildDotnet, dotnet } = await import('../../recipes/dotnet/build-dotnet.js');
  if (dotnet) {
    const [source, built] = [join(home, 'dotnet'), join(home, 'built')];
    const isSource = (path: string) => !/[\\/](bin|obj)$/.test(path);
    cpSync(join(recipes, 'dotnet'), source, { recursive: true, filter: isSource });
    await buildDotnet(source, built);
    const site = await run(dotnet, [join(built, 'LiveAssistSite.dll'), '--contentRoot', source]);
    const browser = openBrowser(site);
    await browser.press('Sign in as Maya');
    add('C#', site, browser.cookie());
  }
  return {
    targets,
    async stop() {
      await Promise.all(running.map((site) => site.stop()));
      await owner.cleanUp();
      rmSync(home, { recursive: true });
    },
  };
}
