import { expect, it } from 'vitest';
import { resolveKitOptions } from '../../src/testing/resolve-options.js';

it('merges the options of a file over those of its project', () => {
  const project = { methodName: 'auth.getToken', publicKey: 'MIIB', issuer: 'www.example.com' };
  expect(resolveKitOptions({ methodName: 'shop.token', issuer: undefined }, project)).toEqual({
    methodName: 'shop.token',
    publicKey: 'MIIB',
    issuer: undefined,
  });
  expect(resolveKitOptions(undefined, undefined)).toEqual({});
});

it.each<[object, string]>([
  [{ tokenEndpiont: '/token' }, 'liveAssist has no option "tokenEndpiont". Did you mean "tokenEndpoint"?'],
  [{ issuers: 'www.example.com' }, 'liveAssist has no option "issuers". Did you mean "issuer"?'],
  [{ colour: 'red' }, 'liveAssist has no option "colour". It knows methodName, tokenEndpoint,'],
  [{ limit: '5s' }, 'liveAssist.limit is "5s". Give milliseconds as a number above 0: 5000.'],
  [{ limit: Number.NaN }, 'liveAssist.limit is NaN. Give milliseconds'],
  [{ wait: -1 }, 'liveAssist.wait is -1. Give milliseconds as a number, or 0: 5000.'],
  [{ late: 'fails' }, 'liveAssist.late is "fails". Give "fail".'],
  [{ late: true }, 'liveAssist.late is true. Give "annotate" or "fail".'],
  [{ issuer: new URL('https://www.example.com') }, 'liveAssist.issuer is of type object. Give a text.'],
  [{ publicKey: Promise.resolve('MIIB') }, 'liveAssist.publicKey is a promise. Await it'],
  [{ blockVendor: ['https://chat.example.com/'] }, 'Give true, or a list of host names'],
])('names an invalid option, wherever it was set: %j', (options, message) => {
  expect(() => resolveKitOptions(options, {})).toThrow(message);
  expect(() => resolveKitOptions({}, options)).toThrow(message);
});

it('does not quote a key in the wrong option', () => {
  expect(() => resolveKitOptions({ limit: `${'MIIB'.repeat(50)}` }, {})).toThrow(
    'liveAssist.limit is a long text.',
  );
});
