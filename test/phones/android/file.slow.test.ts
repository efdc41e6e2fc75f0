/**
 * The app's file for Android as the compiler sees it: in every Java version, without the class Page, and as its head and
 * docs/phones.md use it.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { headExamples } from '../head-examples.js';
import { compile, javac, phoneFile } from './compile.js';

const file = readFileSync(phoneFile, 'utf8');

describe("the app's file for Android", () => {
  it('uses nothing that Android has only had since API level 24', () => {
    const younger = /java\.util\.function|removeIf|getOrDefault|computeIfAbsent|\.stream\(\)|java\.time/;
    expect(file).not.toMatch(younger);
  });

  it('prints nothing', () => {
    expect(file).not.toMatch(/\bLog\.|System\.(out|err)|printStackTrace/);
  });

  describe.skipIf(!javac)('compiles', () => {
    it.each([8, 11, 17])('for Java %i without warnings', async (release) => {
      (await compile([phoneFile], { release })).remove();
    });

    it('without androidx.webkit after Page is deleted, as its head says', async () => {
      const [rest = ''] = file
        .replace(/^import .* \/\/ for Page\n/gm, '')
        .split(/\n {4}\/\*\*\n {5}\* Asks the bridge on a page/);
      expect(rest).not.toMatch(/class Page implements|import android\.webkit/);
      const classes = await compile([{ name: 'LiveAssistTokens.java', text: `${rest}\n}\n` }]);
      expect(existsSync(join(classes.folder, 'androidx'))).toBe(false);
      classes.remove();
    });

    it('as its header comment uses it, with no exception to catch', async () => {
      const examples = headExamples(file);
      expect(examples).toHaveLength(2);
      const text = `import com.example.liveassist.LiveAssistTokens;
        class App {
          interface Config { void setJavascriptMethodName(String name); void setLiveAssistDelegate(LiveAssistTokens tokens); }
          interface Session { String key(); }
          void setUp(Config config, Session mySession, android.webkit.WebView webView) {
            ${examples.map((lines) => `{ ${lines} }`).join('\n')}
          }
        }`;
      (await compile([phoneFile, { name: 'App.java', text }])).remove();
    });
  });
});
