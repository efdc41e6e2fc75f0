/**
 * `npm run stamp` writes integrity, size, figures and codes into the documentation. `-- --check` only says which pages are stale.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { quoteCodes } from './quote-codes.js';
import { type Stamp, stampPage } from './stamp-page.js';

const tag = readFileSync('dist/live-assist-bridge.umd.js');
const stamp: Stamp = {
  hash: createHash('sha384').update(tag).digest('base64'),
  size: gzipSync(tag, { level: 9 }).length,
  run: JSON.parse(readFileSync('test/bench/results.json', 'utf8')),
};

const docs = existsSync('docs') ? readdirSync('docs', { recursive: true, encoding: 'utf8' }) : [];
const pages = ['README.md', ...docs.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`)];
const stale = pages
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  .map((page) => ({ ...page, stamped: quoteCodes(stampPage(page.text, stamp)) }))
  .filter(({ text, stamped }) => text !== stamped);

if (stale.length === 0) console.log('Integrity, size, figures and codes are those of the built files.');
else if (process.argv.includes('--check')) {
  console.error(`Stale in ${stale.map(({ path }) => path).join(', ')}. Run: npm run stamp`);
  process.exitCode = 1;
} else
  for (const { path, stamped } of stale) {
    writeFileSync(path, stamped);
    console.log(`Stamped ${path}.`);
  }
