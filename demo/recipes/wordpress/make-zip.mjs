/**
 * Packs the plugin with the bridge's file into live-assist-token.zip, as WordPress installs it:
 * node make-zip.mjs [where]
 *
 * @module
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));
const bridge = fileURLToPath(new URL('../../../dist/live-assist-bridge.umd.js', import.meta.url));
const plugin = join(here, 'live-assist-token');

const files = [
  ...readdirSync(plugin).map((name) => [name, readFileSync(join(plugin, name))]),
  ['live-assist-bridge.umd.js', readFileSync(bridge)],
];

/** A record of the ZIP format: numbers of two or four bytes, then bytes as they are. */
const record = (numbers, ...bytes) =>
  Buffer.concat([
    ...numbers.map(([size, value]) => {
      const field = Buffer.alloc(size);
      field.writeUIntLE(value, 0, size);
      return field;
    }),
    ...bytes,
  ]);

const parts = [];
const directory = [];
let offset = 0;
for (const [name, content] of files) {
  const path = Buffer.from(`live-assist-token/${name}`);
  const packed = deflateRawSync(content, { level: 9 });
  // Version 2.0, no flags, deflate, midnight of 1 January 1980, so that the same files give the same archive.
  const about = [
    ...[
      [2, 20],
      [2, 0],
      [2, 8],
      [2, 0],
      [2, 0x21],
    ],
    ...[
      [4, crc32(content)],
      [4, packed.length],
      [4, content.length],
      [2, path.length],
      [2, 0],
    ],
  ];
  const part = record([[4, 0x04034b50], ...about], path, packed);
  directory.push(
    record([[4, 0x02014b50], [2, 20], ...about, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]], path),
  );
  parts.push(part);
  offset += part.length;
}
const size = directory.reduce((sum, { length }) => sum + length, 0);
const end = record([
  ...[
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, files.length],
    [2, files.length],
  ],
  ...[
    [4, size],
    [4, offset],
    [2, 0],
  ],
]);
const target = join(process.argv[2] ?? '.', 'live-assist-token.zip');
writeFileSync(target, Buffer.concat([...parts, ...directory, end]));
console.log(`${target} is ready. Install it under Plugins > Add New > Upload Plugin.`);
