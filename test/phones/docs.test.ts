/**
 * docs/phones.md shows what the phone files say at their heads, where compilers check it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { headExamples } from './head-examples.js';
import { lastRun } from './ios/last-run.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/phones.md');

describe('docs/phones.md', () => {
  it.each([
    ['LiveAssistTokens.java', 'java'],
    ['LiveAssistTokens.swift', 'swift'],
  ])('shows the examples of %s and no others', (name, language) => {
    const shown = [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(
      ([, code]) => code,
    );
    expect(shown).toHaveLength(2);
    expect(shown).toEqual(headExamples(read(`demo/phones/${name}`)));
  });

  it('shows the request that both files send', () => {
    const [, request = ''] = /```http\n(.*?)```/s.exec(page) ?? [];
    const headers = [...request.matchAll(/^([\w-]+): (Bearer|\S+)/gm)].map(([, name, value]) => [
      name,
      value,
    ]);
    expect(headers).toHaveLength(3);
    for (const name of ['java', 'swift']) {
      const file = read(`demo/phones/LiveAssistTokens.${name}`);
      for (const [header, value] of headers)
        for (const text of [header, value]) expect(file).toContain(`"${text}`);
    }
  });

  it('shows a command that diagnose understands', () => {
    const [, command = ''] = /```sh\n(.*?)\n```/s.exec(page) ?? [];
    expect(command).toMatch(/^npx live-assist-bridge diagnose https:\/\/\S+ --header "@session\.txt"$/);
  });

  it('names the Swift version of the last run', () => {
    expect(page).toContain(`Swift ${lastRun().swift}, in five settings`);
  });

  it('gives the requirements that the files give', () => {
    const [java, swift] = ['java', 'swift'].map((name) => read(`demo/phones/LiveAssistTokens.${name}`));
    for (const fact of ['minSdk 21', 'Java 8', 'androidx.webkit:webkit:1.3.0']) {
      expect(page).toContain(fact);
      expect(java).toContain(fact);
    }
    for (const fact of ['LiveAssist-xc', 'iOS 14', 'Xcode 16']) {
      expect(page).toContain(fact);
      expect(swift).toContain(fact);
    }
  });
});
