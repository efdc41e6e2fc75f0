/**
 * Rollup's plugin that builds dist/diagnose.html.
 *
 * @module
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** One file out of page, style and script: its policy allows these two, by their hashes, and no connection. */
export const onePage = (version) => ({
  name: 'one-page',
  generateBundle(_, bundle) {
    const [chunk] = Object.values(bundle);
    delete bundle[chunk.fileName];
    const read = (name) => readFileSync(`src/diagnose-page/${name}`, 'utf8');
    const script = chunk.code.trim();
    const style = read('style.css').replace(/^ +|\n/gm, '');
    const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const policy = [
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      'img-src data:',
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
    ].join('; ');
    const parts = {
      policy: `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      style: `<style>${style}</style>`,
      version,
      script: `<script>${script}</script>`,
    };
    const source = read('index.html').replace(/<!-- (\w+) -->/g, (_, name) => parts[name]);
    this.emitFile({ type: 'asset', fileName: 'diagnose.html', source });
  },
});
