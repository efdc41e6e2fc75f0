/**
 * `init` for Next: an API route, because only API routes know the peer's address, which a trial needs.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Project, packageFile } from '../project.js';
import { trialEnvironment } from '../trial-settings.js';
import { forLanguage, nodeEndpoint } from './node-endpoint.js';

const route = `
// An API route, because only API routes know the peer's address, which the trial contact needs. No body is read.
export const config = { api: { bodyParser: false, externalResolver: true } };

export default answer;
`;

export function nextProject(directory: string): Project {
  const has = (path: string) => existsSync(join(directory, path));
  const isInSrc = !has('app') && !has('pages') && (has('src/app') || has('src/pages'));
  const isTypeScript = has('tsconfig.json');
  const name = `pages/api/live-assist/token.${isTypeScript ? 'ts' : 'js'}`;
  const path = join(directory, isInSrc ? 'src' : '', name);

  return {
    directory,
    framework: 'next',
    webRoot: join(directory, 'public'),
    setUp(answers) {
      const trial = trialEnvironment(answers);
      const code = `// The token endpoint for Live Assist. \`live-assist-bridge init\` wrote this file; from now on it is yours.
${nodeEndpoint}${route}`;
      return {
        files: [
          { path, text: forLanguage(code, isTypeScript), mode: 0o644 },
          {
            path: join(directory, 'public/live-assist-bridge.umd.js'),
            text: readFileSync(packageFile('dist/live-assist-bridge.umd.js'), 'utf8'),
            mode: 0o644,
          },
          trial,
        ],
        endpoint: '/api/live-assist/token',
        tagSource: '/live-assist-bridge.umd.js',
        add: { where: 'nothing: Next finds the route by itself', lines: [] },
        settings: {
          where: '.env.local, which Next reads by itself (create it if it is missing)',
          lines: trial.lines,
        },
        // Not --env-file, because Next passes Node's options to processes that do not allow it.
        start: 'npx next dev',
        replace: `signedIn() and findContact() in ${relative(directory, path)}`,
        url: 'http://localhost:3000',
      };
    },
  };
}
