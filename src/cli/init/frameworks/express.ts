/**
 * `init` for Express: a middleware that answers at the token endpoint and serves the tag's file.
 *
 * @module
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Project, Setup } from '../project.js';
import { type Manifest, readManifest } from '../read-manifest.js';
import { trialEnvironment } from '../trial-settings.js';
import { forLanguage, nodeEndpoint } from './node-endpoint.js';
import { servesItsFolder } from './serves-its-folder.js';

const middleware = `
// The file of the tag, as the installed package has it.
const tagFile = createRequire(join(process.cwd(), 'package.json')).resolve('live-assist-bridge/live-assist-bridge.umd.js');

/**
 * app.use(liveAssist), behind your session. Answers two paths and leaves all others alone. express-session needs
 * resave: false. Otherwise an answer in flight during the sign-out brings the session back.
 */
export async function liveAssist(req«: IncomingMessage», res«: ServerResponse», next«: (error?: unknown) => void») {
  try {
    const [path] = (req.url ?? '').split('?');
    if (path === '/live-assist/token') await answer(req, res);
    else if (path === '/live-assist/live-assist-bridge.umd.js')
      res.writeHead(200, { 'Content-Type': 'text/javascript; charset=utf-8' }).end(await readFile(tagFile));
    else next();
  } catch (error) {
    next(error);
  }
}
`;

export function expressProject(directory: string): Project {
  const manifest = readManifest(join(directory, 'package.json'));
  const entry = findEntry(directory, manifest);
  const isTypeScript = entry ? /\.[mc]?ts$/.test(entry) : existsSync(join(directory, 'tsconfig.json'));
  const isModule = isTypeScript || manifest.type === 'module' || /\.mjs$/.test(entry ?? '');
  const name = isTypeScript ? 'live-assist.ts' : 'live-assist.mjs';
  const path = join(directory, entry ? dirname(entry) : '', name);
  const shown = entry ?? (isTypeScript ? 'server.ts' : 'server.js');
  const imported = isTypeScript ? './live-assist.js' : './live-assist.mjs';

  return {
    directory,
    framework: 'express',
    webRoot: findWebRoot(directory, entry),
    setUp: ({ issuer, contact, keys }): Setup => {
      const trial = trialEnvironment({ issuer, contact, keys });
      const environment = `--env-file=${relative(directory, trial.path).split(sep).join('/')}`;
      const option = /^[\w./=-]+$/.test(environment) ? environment : `"${environment}"`;
      const code = `// The token endpoint for Live Assist. \`live-assist-bridge init\` wrote this file; from now on it is yours.
import { createRequire } from 'node:module';
import { join } from 'node:path';
${nodeEndpoint}${middleware}`;
      return {
        files: [{ path, text: forLanguage(code, isTypeScript), mode: 0o644 }, trial],
        endpoint: '/live-assist/token',
        tagSource: '/live-assist/live-assist-bridge.umd.js',
        add: {
          where: `${shown}, behind the session and before the other routes`,
          lines: isModule
            ? [`import { liveAssist } from '${imported}';`, 'app.use(liveAssist);']
            : [
                `app.use((req, res, next) => import('${imported}').then((it) => it.liveAssist(req, res, next), next));`,
              ],
        },
        settings: {
          where: 'the environment of the site (today, the start command below passes them)',
          lines: trial.lines,
        },
        start: `${isTypeScript ? 'npx tsx' : 'node'} ${option} ${shown}`,
        remains:
          'You: make sure that no express.static() serves the folder of the keys. init sees a folder that is written in the call, but not one that a variable holds. Run init while the site is running: then it asks the site for the key.',
        replace: `signedIn() and findContact() in ${relative(directory, path)}`,
        url: 'http://localhost:3000',
      };
    },
  };
}

function findWebRoot(directory: string, entry: string | undefined): string | undefined {
  if (entry && servesItsFolder(join(directory, entry))) return directory;
  const usual = join(directory, 'public');
  return existsSync(usual) ? usual : undefined;
}

/** The file that starts the app, relative to the folder. */
function findEntry(directory: string, { main, scripts }: Manifest): string | undefined {
  const started = [scripts?.dev, scripts?.start].map(
    (script) => /(?:^|\s)(?:\.\/)?([\w./-]+\.[mc]?[jt]s)(?:\s|$)/.exec(String(script ?? ''))?.[1],
  );
  const names = ['server', 'app', 'index', 'main'].flatMap((name) =>
    ['ts', 'mts', 'js', 'mjs', 'cjs'].map((ending) => `${name}.${ending}`),
  );
  const usual = [...names, ...names.map((name) => `src/${name}`)];
  // Excludes files that a build overwrites, and files outside the folder.
  const isOwn = (path: string) => !/^(\.\.|(\.\/)?(dist|build|out|lib))(\/|$)/.test(path);
  return [...started, main, ...usual].find(
    (path): path is string => typeof path === 'string' && isOwn(path) && existsSync(join(directory, path)),
  );
}
