/**
 * Checks of the phone file for iOS that need a process of their own or a page.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pages, postedBy } from '../page-script.js';

const origin = {
  accepted: ['https://www.example.com', 'https://www.example.com:8443', 'http://10.0.2.2:8080'],
  refused: [
    ...['https://www.example.com/', 'https://www.example.com:443', 'http://localhost:80', 'www.example.com'],
    ...[
      'https://WWW.example.com',
      '*',
      'https://*.example.com',
      'null',
      'file://',
      'https://www.example.com\n',
    ],
  ],
  remedy: 'Write https://www.example.com',
};
const endpoint = {
  accepted: ['https://www.example.com/live-assist/token', 'http://10.0.2.2:3000/token'],
  refused: ['www.example.com/token', '/token', 'file:///etc/hostname', 'ftp://127.0.0.1/x', 'https:/token'],
  remedy: 'Begin it with https://',
};

/** A wrong text ends the app when the source is constructed, with a sentence that says what to write. */
export function refusesWrongText(folder: string): string[] {
  const construct = (what: string, text: string) =>
    spawnSync('./checks', [what, text], { cwd: folder, encoding: 'utf8' });
  return Object.entries({ origin, endpoint }).flatMap(([what, { accepted, refused, remedy }]) => [
    ...accepted
      .filter((text) => construct(what, text).status !== 0)
      .map((text) => `Refuses the ${what} ${text}`),
    ...refused
      .filter((text) => !construct(what, text).stderr.includes(remedy))
      .map((text) => `Does not say what is wrong with the ${what} ${text}`),
  ]);
}

/** Runs the script that the checks got from the phone file. */
export function checkTheScript(folder: string): string[] {
  const script = readFileSync(join(folder, 'script.js'), 'utf8');
  return pages.flatMap(([what, method, posted]) => {
    const [text = '', ...more] = postedBy(script, method);
    const holds = /^[0-9A-F-]{36} /.test(text) && text.slice(37) === posted && more.length === 0;
    return holds ? [] : [`The page's script: ${what}, but it posted "${text}"`];
  });
}
