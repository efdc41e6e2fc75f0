/**
 * What can be said about the app's file for iOS without a Swift compiler. `npm run test:swift` compiles and runs it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pages, postedBy } from '../page-script.js';
import { swiftApp } from './example-app.js';
import { codeHash, lastRun } from './last-run.js';
import { missingTool, versionOf } from './missing-tool.js';

const swift = readFileSync(new URL('../../../demo/phones/LiveAssistTokens.swift', import.meta.url), 'utf8');
const java = readFileSync(new URL('../../../demo/phones/LiveAssistTokens.java', import.meta.url), 'utf8');

describe("the app's file for iOS", () => {
  it('has passed test:swift since its code last changed', () => {
    const remedy = 'The Swift code has changed. Run npm run test:swift on Linux with Swift 6.2 or later.';
    expect(codeHash(), remedy).toBe(lastRun().code);
  });

  it.each(pages)('has a script that %s', (_, method, posted) => {
    const [, name = ''] = /static let name = "(\w+)"/.exec(swift) ?? [];
    const [, script = ''] = /func script\(_ call: String\) -> String \{\s+"""\n(.*?)"""/s.exec(swift) ?? [];
    const filled = script.replaceAll('\\(name)', name).replaceAll('\\(call)', 'ID');
    expect(postedBy(filled, method)).toEqual([`ID ${posted}`]);
  });

  it('names the method and the origin that the file for Android names', () => {
    for (const text of ['"authoriseChatWithCallback"', '"https://www.example.com"', 'liveAssistApp']) {
      expect(swift).toContain(text);
      expect(java).toContain(text);
    }
  });

  it('has two examples, which test:swift compiles', () => {
    const app = swiftApp(swift);
    expect(app.match(/func setUp\d/g)).toHaveLength(2);
    expect(app.match(/tokens = LiveAssistTokens\(source\)/g)).toHaveLength(2);
  });
});

describe('npm run test:swift', () => {
  it.each([
    ['there is no swiftc', 'linux', null, /^Install Swift 6\.2 or later .* this machine has no swiftc\.$/],
    [
      'swiftc is too old',
      'linux',
      'Swift version 6.0.3 (swift-6.0.3)',
      /^Install .* this machine has 6\.0\.3\.$/,
    ],
    ['it runs on a Mac', 'darwin', 'Apple Swift version 6.2', /^test:swift runs on Linux only.* Xcode\.$/],
  ])('says in one sentence what is missing if %s', (_, platform, version, sentence) => {
    expect(missingTool(platform, versionOf(version))).toMatch(sentence);
  });

  it.each(['Swift version 6.2.3 (swift-6.2.3-RELEASE)', 'Swift version 6.10', 'Swift version 7.0'])(
    'runs with %s',
    (version) => expect(missingTool('linux', versionOf(version))).toBeUndefined(),
  );
});
