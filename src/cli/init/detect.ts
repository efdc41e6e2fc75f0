/**
 * Finds out what a folder contains: a site that `init` can set up, a site that needs a recipe, or folders with sites.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Framework } from './project.js';
import { readManifest } from './read-manifest.js';

export interface Found {
  /** Frameworks of the folder itself. */
  here: Framework[];
  /** For a site that `init` does not set up: what it is, and where its recipe is. */
  recipe: { title: string; page: string } | undefined;
}

const recipes: [title: string, page: string, isIt: (folder: Folder) => boolean][] = [
  ['WordPress', 'demo/recipes/wordpress', ({ has }) => has('wp-config.php') || has('wp-settings.php')],
  ['Magento', 'demo/recipes/magento', ({ has, depends }) => has('bin/magento') || depends(/^magento\//)],
  [
    '.NET Framework',
    'demo/recipes/dotnet-framework',
    ({ project }) => /<TargetFramework(Version)?>(v4|net4)/.test(project),
  ],
  ['Fastify', 'docs/token-endpoint.md#fastify', ({ depends }) => depends(/^fastify$/)],
  ['Hono', 'docs/token-endpoint.md#hono', ({ depends }) => depends(/^hono$/)],
  [
    'Azure Functions',
    'docs/token-endpoint.md#azure-functions',
    ({ depends }) => depends(/^@azure\/functions$/),
  ],
  [
    'Node',
    'docs/token-endpoint.md#mount-it',
    ({ depends }) => depends(/^(koa|@nestjs\/core|nuxt|astro|@sveltejs\/kit|@remix-run\/\w+|@hapi\/hapi)$/),
  ],
  [
    'Python',
    'demo/recipes/python',
    ({ hasAny }) => hasAny(['manage.py', 'requirements.txt', 'pyproject.toml', 'Pipfile']),
  ],
  ['Ruby', 'demo/recipes/ruby', ({ hasAny }) => hasAny(['Gemfile', 'config.ru'])],
  ['Java', 'demo/recipes/java', ({ hasAny }) => hasAny(['pom.xml', 'build.gradle', 'build.gradle.kts'])],
];

interface Folder {
  has(name: string): boolean;
  hasAny(names: string[]): boolean;
  /** Whether package.json or composer.json names a matching dependency. */
  depends(name: RegExp): boolean;
  /** The text of the folder's .csproj files. */
  project: string;
  names: string[];
}

export function detect(directory: string): Found {
  const folder = open(directory);
  const recipe = recipes.find(([, , isIt]) => isIt(folder));
  const isPhp = folder.has('composer.json') || hasPhp(directory, folder.names);
  const isOther = recipe !== undefined && /WordPress|Magento/.test(recipe[0]);
  const here: Framework[] = [
    ...(folder.depends(/^next$/) ? ['next' as const] : []),
    ...(folder.depends(/^express$/) ? ['express' as const] : []),
    ...(/Sdk="Microsoft\.NET\.Sdk\.Web"/.test(folder.project) ? ['aspnetcore' as const] : []),
    ...(isPhp && !isOther ? ['php' as const] : []),
  ];
  return { here, recipe: recipe && { title: recipe[0], page: recipe[1] } };
}

const skipped = /^(node_modules|vendor|dist|build|bin|obj|out|coverage)$|^\./;

/** Folders below this one that hold a site, three levels deep. */
export function sitesBelow(
  directory: string,
  depth = 3,
  root = directory,
): { path: string; here: Framework[] }[] {
  if (depth === 0) return [];
  return subfolders(directory).flatMap((name) => {
    const folder = join(directory, name);
    const { here } = detect(folder);
    if (here.length > 0) return [{ path: relative(root, folder).split(sep).join('/'), here }];
    return sitesBelow(folder, depth - 1, root);
  });
}

function subfolders(directory: string): string[] {
  return namesIn(directory).filter((name) => {
    if (skipped.test(name)) return false;
    return statSync(join(directory, name), { throwIfNoEntry: false })?.isDirectory() ?? false;
  });
}

function open(directory: string): Folder {
  const names = namesIn(directory);
  const has = (name: string) => existsSync(join(directory, name));
  const dependencies = ['package.json', 'composer.json'].flatMap((name) => {
    const { dependencies, devDependencies, require } = readManifest(join(directory, name));
    return Object.keys({ ...dependencies, ...devDependencies, ...require });
  });
  return {
    has,
    hasAny: (wanted) => wanted.some(has),
    depends: (wanted) => dependencies.some((name) => wanted.test(name)),
    project: names
      .filter((name) => /\.csproj$/i.test(name))
      .map((name) => readFileSync(join(directory, name), 'utf8'))
      .join('\n'),
    names,
  };
}

const hasPhp = (directory: string, names: string[]) =>
  [...names, ...namesIn(join(directory, 'public'))].some((name) => /\.php$/i.test(name));

export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Not a folder, or not readable: nothing is found there.
    return [];
  }
}
