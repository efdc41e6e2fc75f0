/** Size of the tag's file and of `createBridge` imported, beside what a site could use instead. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { bundle } from './bundle.js';
import { contenders } from './contenders.js';
import { type Goal, type Row, row } from './row.js';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));

const encodings = {
  raw: (code: Buffer) => code.length,
  'gzip -9': (code: Buffer) => gzipSync(code, { level: 9 }).length,
  'brotli 11': (code: Buffer) =>
    brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
};

export async function size(): Promise<Row[]> {
  const tag = readFileSync(`${dist}/live-assist-bridge.umd.js`);
  const module = Buffer.from(await bundle(`export { createBridge } from '${dist}/bridge/index.js';`));
  const others = await Promise.all(
    Object.entries(contenders).map(async ([name, source]) => ({
      name,
      code: Buffer.from(await bundle(source)),
    })),
  );
  const goals: Record<string, Goal> = { 'keycloak-js': { ratio: { atMost: 0.9 }, ours: { atMost: 7400 } } };

  const rows: Row[] = [];
  for (const [encoding, length] of Object.entries(encodings)) {
    const compare = (measure: string, ours: Buffer, against: string, theirs: Buffer, goal?: Goal) =>
      rows.push(
        row({
          measure: `${measure}, ${encoding}`,
          unit: 'bytes',
          ours: length(ours),
          against,
          theirs: length(theirs),
          ...(goal && encoding === 'gzip -9' && { goal }),
        }),
      );
    for (const { name, code } of others) compare('UMD file', tag, name, code, goals[name]);
    compare('UMD file', tag, 'import of createBridge', module);
    for (const { name, code } of others) compare('import of createBridge', module, name, code);
  }
  return rows;
}
