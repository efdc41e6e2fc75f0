import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { writeNewFiles } from '../../../src/cli/output/write-new-files.js';
import { folder } from '../command-line.js';

/** What the file system refuses. */
let refused: string[];

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const refuse =
    (name: 'link' | 'rename') =>
    async (from: string, to: string): Promise<void> => {
      if (refused.includes(name)) throw Object.assign(new Error(name), { code: 'EPERM' });
      await real[name](from, to);
    };
  return { ...real, link: refuse('link'), rename: refuse('rename') };
});

describe('new files on a file system without links', () => {
  let directory: string;
  let key: string;
  beforeEach(() => {
    refused = ['link'];
    directory = folder();
    key = join(directory, 'private_key.pem');
  });
  const write = () => writeNewFiles([{ path: key, text: 'the whole key', mode: 0o600 }]);

  it('are complete, and as private as requested', async () => {
    await write();
    expect(readFileSync(key, 'utf8')).toBe('the whole key');
    expect(readdirSync(directory)).toEqual(['private_key.pem']);
    if (process.platform !== 'win32') expect(statSync(key).mode & 0o777).toBe(0o600);
  });

  it('overwrite nothing', async () => {
    writeFileSync(key, 'precious');
    await expect(write()).rejects.toThrow('exists and is not overwritten');
    expect(readFileSync(key, 'utf8')).toBe('precious');
  });

  it('leave no part behind if they cannot be completed', async () => {
    refused.push('rename');
    await expect(write()).rejects.toThrow('may not write');
    expect(readdirSync(directory)).toEqual([]);
  });
});
