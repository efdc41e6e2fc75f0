import { diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { prepareKey, repairedFinding } from '../../src/diagnose-page/prepared-key.js';
import { pasted, publicPem, publicPkcs1 } from '../diagnosis/diagnose-site.js';

const printouts = [
  ['keytool', 'Owner: CN=x\nIssuer: CN=x\nCertificate fingerprints:\n\t SHA1: 00:11'],
  ['openssl asn1parse', '    0:d=0  hl=4 l= 290 cons: SEQUENCE\n    4:d=1  hl=2 l=  13 cons: SEQUENCE'],
] as const;

describe('the line to enter in Live Assist', () => {
  it.each([
    ['PEM', publicPem],
    ['PKCS#1', publicPkcs1],
    ['the line itself', pasted],
  ])('is made from %s', async (_, text) => {
    expect(await prepareKey(text)).toEqual({ line: pasted, faults: [] });
  });

  it.each(printouts)('is refused with a reason for a printout of %s', async (_, text) => {
    const { line, faults } = await prepareKey(text);
    expect(line).toBe('');
    expect(faults.map(({ code }) => code)).toEqual(['key-other-format']);
  });
});

describe('the offer of the line', () => {
  const offered = async (text: string) =>
    (await repairedFinding(text, await diagnose('', { publicKey: text })))?.code;

  it('stands at one finding that the line removes', async () => {
    expect(await offered(publicPem)).toBe('key-header');
    expect(await offered(pasted)).toBeUndefined();
  });

  it.each(printouts)('is missing for a printout of %s', async (_, text) => {
    expect(await offered(text)).toBeUndefined();
  });
});
