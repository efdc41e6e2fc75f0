/**
 * The size of the tag's file and of an import of `createBridge`, compared with alternatives.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type Row, row } from '../row.js';
import { bundle } from './bundle.js';
import { contenders } from './contenders.js';

const dist = fileURLToPath(new URL('../../../dist', import.meta.url));

const createBridge = `export { createBridge } from '${dist}/bridge/index.js';`;

const encodings = {
  raw: (code: Buffer) => code.length,
  'gzip -9': (code: Buffer) => gzipSync(code, { level: 9 }).length,
  'brotli 11': (code: Buffer) =>
    brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
};

export async function size(): Promise<Row[]> {
  const tag = readFileSync(`${dist}/live-assist-bridge.umd.js`);
  const module = Buffer.from(await bundle(createBridge));
  const others = await Promise.all(
    Object.entries(contenders).map(async ([name, { smallest }]) => ({
      name,
      code: Buffer.from(await bundle(smallest)),
    })),
  );

  const rows: Row[] = [];
  for (const [encoding, length] of Object.entries(encodings)) {
    const isGzip = encoding === 'gzip -9';
    const compare = (measure: string, ours: Buffer, against: string, theirs: Buffer) =>
      rows.push(
        row({
          measure: `${measure}, ${encoding}`,
          unit: 'bytes',
          ours: length(ours),
          against,
          theirs: length(theirs),
          ...(isGzip &&
            against === 'keycloak-js' &&
            ours === tag && {
              goal: { ratio: { atMost: 0.9 }, ours: { atMost: 7300 } },
              limit: { ratio: { atMost: 1.5 } },
            }),
        }),
      );
    compare('UMD file', tag, 'import of createBridge', module);
    for (const { name, code } of others) compare('UMD file', tag, name, code);
    if (isGzip) for (const { name, code } of others) compare('import of createBridge', module, name, code);
  }

  return rows;
}
