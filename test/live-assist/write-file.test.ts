import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeWholeFile } from '../../src/live-assist/write-file.js';
import { folder } from '../cli/command-line.js';

describe('a file of the demo', () => {
  it.skipIf(process.platform === 'win32')('is not written through a link in place of its draft', () => {
    const [directory, elsewhere] = [folder(), join(folder(), 'elsewhere.pem')];
    const key = join(directory, 'private_key.pem');
    symlinkSync(elsewhere, `${key}.${process.pid}.tmp`);
    writeWholeFile(key, 'the key', 0o600);
    expect(existsSync(elsewhere)).toBe(false);
    expect(readFileSync(key, 'utf8')).toBe('the key');
  });

  it('replaces the draft of an earlier process with the same number', () => {
    const key = join(folder(), 'private_key.pem');
    writeFileSync(`${key}.${process.pid}.tmp`, 'half');
    writeWholeFile(key, 'the key', 0o600);
    expect(readFileSync(key, 'utf8')).toBe('the key');
    expect(readdirSync(join(key, '..'))).toEqual(['private_key.pem']);
  });
});
