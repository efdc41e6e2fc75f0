/**
 * Decides which folder and framework `init` sets up.
 *
 * @module
 */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Asker } from '../input/ask.js';
import { UsageError } from '../usage-error.js';
import { detect, sitesBelow } from './detect.js';
import { aspNetCoreProject } from './frameworks/aspnetcore.js';
import { expressProject } from './frameworks/express.js';
import { nextProject } from './frameworks/next.js';
import { phpProject } from './frameworks/php.js';
import { type Framework, frameworks, type Project, titles } from './project.js';

const projects: Record<Framework, (directory: string) => Project> = {
  express: expressProject,
  next: nextProject,
  aspnetcore: aspNetCoreProject,
  php: phpProject,
};

const others =
  'For other frameworks, docs/token-endpoint.md (Node) and docs/other-languages.md name the file to copy.';

/** @throws UsageError if the choice is not clear, or if the site needs a recipe. */
export async function chooseProject(
  given: { directory: string | undefined; framework: string | undefined },
  asker: Asker,
  isTTY: boolean,
): Promise<Project> {
  const directory = resolve(given.directory ?? '.');
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError(`${directory} is not a folder. Name the folder of the site: --directory FOLDER.`);
  if (given.framework !== undefined) {
    const framework = requireFramework(given.framework);
    requireManifest(framework, directory);
    return projects[framework](directory);
  }

  const { here, recipe } = detect(directory);
  const [only] = here;
  if (only && here.length === 1) return projects[only](directory);
  if (here.length > 1) {
    const names = here.join(', ');
    const answer = await asker.ask({
      text: `This folder contains several frameworks: ${names}. Which one answers at the token endpoint?`,
      option: '--framework',
      otherwise: only ?? '',
    });
    return chooseProject({ directory, framework: answer }, asker, isTTY);
  }
  if (recipe)
    throw new UsageError(
      `This looks like ${recipe.title}, which init does not set up. Its token endpoint is described in node_modules/live-assist-bridge/${recipe.page}.`,
    );

  const sites = sitesBelow(directory);
  const [first] = sites;
  if (!first)
    throw new UsageError(
      `${directory} holds no site that init knows: Express, Next, ASP.NET Core or PHP. Name its folder with --directory, or the framework with --framework. ${others}`,
    );
  const list = sites.map(({ path, here }) => `${path} (${here.map((name) => titles[name]).join(', ')})`);
  const path = await asker.ask({
    text: `The sites below this folder are ${list.join(', ')}. Which one do you want to set up?`,
    option: '--directory',
    ...(isTTY && { otherwise: first.path }),
  });
  return chooseProject({ directory: join(directory, path), framework: undefined }, asker, isTTY);
}

function requireFramework(text: string): Framework {
  const found = frameworks.find((name) => name === text.toLowerCase());
  if (found) return found;
  throw new UsageError(
    `--framework is ${frameworks.slice(0, -1).join(', ')} or ${frameworks.at(-1)}. ${others}`,
  );
}

function requireManifest(framework: Framework, directory: string): void {
  if (framework !== 'express' && framework !== 'next') return;
  if (!statSync(join(directory, 'package.json'), { throwIfNoEntry: false }))
    throw new UsageError(
      `${directory} has no package.json. Name the folder of the site: --directory FOLDER.`,
    );
}
