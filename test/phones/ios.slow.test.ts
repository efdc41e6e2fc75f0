/** Of the app's Swift file, what it has its WebView run; no machine here compiles Swift for iOS. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

console.warn(
  "NOT RUN: the app's file for iOS (demo/phones/LiveAssistTokens.swift), but for the page's script in it.",
);

const swift = readFileSync(new URL('../../demo/phones/LiveAssistTokens.swift', import.meta.url), 'utf8');
const [, name = ''] = /static let name = "(\w+)"/.exec(swift) ?? [];
const [, script = ''] = /func script\(_ number: Int\) -> String \{\s+"""\n(.*?)"""/s.exec(swift) ?? [];

type Callback = (token: string | null, error?: string) => void;

/** What reaches the app when a page with this method runs the script. */
function sentBy(method: ((callback: Callback) => void) | undefined): unknown[] {
  const sent: unknown[] = [];
  const handler = { postMessage: (text: unknown) => sent.push(text) };
  const page = { authoriseChatWithCallback: method, webkit: { messageHandlers: { [name]: handler } } };
  new Function(
    'page',
    `const window = page; with (page) { ${script.replaceAll('\\(name)', name).replaceAll('\\(number)', '7')} }`,
  )(page);
  return sent;
}

describe("the app's file for iOS", () => {
  it('takes the origin that the file for Android takes', () => {
    const android = readFileSync(new URL('../../demo/phones/LiveAssistTokens.java', import.meta.url), 'utf8');
    const [, origin] = /new LiveAssistTokens\.Page\(webView, ("[^"]+")\)/.exec(android) ?? [];
    expect(swift).toContain(`LiveAssistPage(webView, origin: ${origin})`);
    expect(swift).toContain('init(_ view: WKWebView, origin: String)');
  });

  it.each([
    ['https://www.example.com', 'https', 'www.example.com', 0],
    ['https://www.example.com:8443', 'https', 'www.example.com', 8443],
    ['http://www.example.com', 'http', 'www.example.com', 0],
  ])('knows the sender of %s by its scheme, host and port', (origin, protocol, host, port) => {
    // Swift's expressions, with its interpolations written as JavaScript's.
    const toScript = (text = '') =>
      text
        .replace(/"([^"]*)"/g, '`$1`')
        .replaceAll('\\(', '${')
        .replaceAll(')', '}');
    const [, sendersPort] = /let port = (.*?) \/\//.exec(swift) ?? [];
    const [, sendersOrigin] = /origin == (".*") else/.exec(swift) ?? [];
    const originOf = new Function(
      'sender',
      `const port = ${toScript(sendersPort)}; return ${toScript(sendersOrigin)}`,
    );
    expect(originOf({ protocol, host, port })).toBe(origin);
  });

  it('gives its name in the view free before it takes it', () => {
    const [take, free] = ['.add(self, name: Self.name)', '.removeScriptMessageHandler(forName: Self.name)'];
    expect(swift.indexOf(free)).toBeGreaterThan(0);
    expect(swift.indexOf(free)).toBeLessThan(swift.indexOf(take));
  });
});

describe('the script of the app for iOS', () => {
  it("hands over the page's token", () => {
    expect(sentBy((callback) => callback('e30.e30.b3du'))).toEqual(['7 e30.e30.b3du']);
  });

  it('hands over an empty text where the page refuses', () => {
    expect(sentBy((callback) => callback(null, 'Unable to generate key'))).toEqual(['7 ']);
  });

  it('hands over an empty text where the page has no bridge', () => {
    expect(sentBy(undefined)).toEqual(['7 ']);
  });
});
