/** Of the app's Swift file, what it has its WebView run; no machine here compiles Swift for iOS. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

console.warn(
  "NOT RUN: the app's file for iOS (demo/phones/LiveAssistTokens.swift), but for the page's script in it.",
);

const swift = readFileSync(new URL('../../demo/phones/LiveAssistTokens.swift', import.meta.url), 'utf8');
const [, name = ''] = /static let name = "(\w+)"/.exec(swift) ?? [];
const [, script = ''] = /static let script = """\n(.*?)"""/s.exec(swift) ?? [];

type Callback = (token: string | null, error?: string) => void;

/** What reaches the app when a page with this method runs the script. */
function sentBy(method: ((callback: Callback) => void) | undefined): unknown[] {
  const sent: unknown[] = [];
  const handler = { postMessage: (text: unknown) => sent.push(text) };
  const page = { authoriseChatWithCallback: method, webkit: { messageHandlers: { [name]: handler } } };
  new Function('page', `const window = page; with (page) { ${script.replaceAll('\\(name)', name)} }`)(page);
  return sent;
}

describe('the script of the app for iOS', () => {
  it("hands over the page's token", () => {
    expect(sentBy((callback) => callback('e30.e30.b3du'))).toEqual(['e30.e30.b3du']);
  });

  it('hands over an empty text where the page refuses', () => {
    expect(sentBy((callback) => callback(null, 'Unable to generate key'))).toEqual(['']);
  });

  it('hands over an empty text where the page has no bridge', () => {
    expect(sentBy(undefined)).toEqual(['']);
  });
});
