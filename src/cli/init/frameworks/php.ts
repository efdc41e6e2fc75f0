/**
 * `init` for PHP: copies the recipe and the tag's file into the web root.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { namesIn } from '../detect.js';
import { type Project, packageFile } from '../project.js';
import { trialPrepend } from '../trial-settings.js';

const publishNoPackages =
  'You: do not publish node_modules. This package contains an example site in PHP that asks for no password.';

/** Folders that servers usually serve, in a project whose own folder is not served. */
const usualRoots = [
  'public',
  'public_html',
  'html',
  'htdocs',
  'httpdocs',
  'web',
  'webroot',
  'wwwroot',
  'www',
  'docroot',
];

export function phpProject(directory: string): Project {
  // If the folder itself has a first page, that folder is served, and `public` only contains its images.
  const isServed = namesIn(directory).some((name) => /^index\.(php|html?)$/i.test(name));
  const root = isServed ? undefined : usualRoots.find((name) => hasPage(join(directory, name)));
  const webRoot = root ? join(directory, root) : directory;

  return {
    directory,
    framework: 'php',
    webRoot,
    setUp(answers) {
      const trial = trialPrepend(answers);
      const path = join(webRoot, 'live-assist-token.php');
      const quoted = (text: string) => (/^[\w./:=\\-]+$/.test(text) ? text : `"${text}"`);
      return {
        files: [
          {
            path,
            text: readFileSync(packageFile('demo/recipes/php/live-assist-token.php'), 'utf8'),
            mode: 0o644,
          },
          {
            path: join(webRoot, 'live-assist-bridge.umd.js'),
            text: readFileSync(packageFile('dist/live-assist-bridge.umd.js'), 'utf8'),
            mode: 0o644,
          },
          trial,
        ],
        endpoint: '/live-assist-token.php',
        tagSource: '/live-assist-bridge.umd.js',
        add: { where: 'nothing: the file answers at its own address', lines: [] },
        settings: {
          where:
            'the environment of PHP, for php-fpm as env[NAME] = value (today, the start command below passes them)',
          lines: trial.lines,
        },
        start: `php -d ${quoted(`auto_prepend_file=${trial.path}`)} -S localhost:8000${root ? ` -t ${root}` : ''}`,
        replace: `visitor() in ${relative(directory, path)}`,
        url: 'http://localhost:8000',
        ...(webRoot === directory && { remains: publishNoPackages }),
      };
    },
  };
}

const hasPage = (folder: string) => namesIn(folder).some((name) => /\.(php|html?)$/i.test(name));
