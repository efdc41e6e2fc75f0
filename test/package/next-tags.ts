/**
 * Pages of a Next app that load the tag in every way that Next has.
 *
 * @module
 */
import { example } from '../docs/pages.js';

const documented = example('next-tag.jsx');

/** As documented for the ways that keep the first value of an attribute. `data-first` shows that they do. */
const frozen = documented.replace('data-visitor', 'data-first');
const scripts: Record<string, string> = { plain: documented, async: frozen.replace('defer', 'async') };
for (const strategy of ['beforeInteractive', 'afterInteractive', 'lazyOnload'])
  scripts[strategy] = frozen.replace('<script', '<Script').replace('defer', `strategy="${strategy}"`);

export const waysToLoad = Object.keys(scripts);

/** Each way has a root layout of its own. The addresses are `/plain`, `/plain/account` and so on. */
export const nextTags = Object.fromEntries([
  [
    'app/menu.jsx',
    `'use client';
    import Link from 'next/link';
    import { useRouter } from 'next/navigation';
    export function Menu({ base, visitor }) {
      const router = useRouter();
      return <nav>
        <Link href={base + '/account'}>Account</Link>
        <button onClick={() => router.refresh()}>Refresh</button>
        <output>{visitor}</output>
      </nav>;
    }`,
  ],
  ...Object.entries(scripts).flatMap(([name, script]) => [
    [
      `app/(${name})/layout.jsx`,
      `import Script from 'next/script';
      import { cookies } from 'next/headers';
      import { Menu } from '../menu';
      export default async function Layout({ children }) {
        const visitor = (await cookies()).get('visitor')?.value;
        return <html lang="en"><body>${script}<Menu base="/${name}" visitor={visitor} />{children}</body></html>;
      }`,
    ],
    [`app/(${name})/${name}/page.jsx`, 'export default () => <h1>Home</h1>;'],
    [`app/(${name})/${name}/account/page.jsx`, 'export default () => <h1>Account</h1>;'],
  ]),
]);
