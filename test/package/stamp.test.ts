import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stampPage } from './stamp-page.js';

const run = JSON.parse(readFileSync(new URL('../bench/results.json', import.meta.url), 'utf8'));
const stamp = { hash: 'abc=', size: 6432, run };

describe('the stamp', () => {
  it('writes the integrity into every script tag, over an old one and over a placeholder', () => {
    expect(stampPage('integrity="sha384-old" integrity="sha384-…"', stamp)).toBe(
      'integrity="sha384-abc=" integrity="sha384-abc="',
    );
  });

  it('writes the size where it is marked, and nowhere else', () => {
    expect(stampPage('7.9 kB gzip<!-- size -->, formerly 7.1 kB gzip', stamp)).toBe(
      '6.4 kB gzip<!-- size -->, formerly 7.1 kB gzip',
    );
  });

  it('keeps a size that differs only as versions of zlib do', () => {
    const page = '6.4 kB gzip<!-- size -->';
    expect(stampPage(page, { ...stamp, size: 6452 })).toBe(page);
  });

  it('writes the figures into the page of benchmarks, and leaves a stamped page alone', () => {
    const page = readFileSync(new URL('../../docs/benchmarks.md', import.meta.url), 'utf8');
    const other = { ...run, date: '2001-02-03' };
    const stamped = stampPage(page, { ...stamp, run: other });
    expect(stamped).toContain('; 2001-02-03.');
    expect(stampPage(stamped, { ...stamp, run: other })).toBe(stamped);
  });

  it('does not change a page without any of them', () => {
    expect(stampPage('# Codes\n', stamp)).toBe('# Codes\n');
  });
});
