import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { diagnose } from 'live-assist-bridge/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { certificate } from './certificate.js';
import {
  contact,
  faults,
  fineClaims,
  issuer,
  messageOf,
  oneLine,
  pasted,
  privateKey,
  privatePem,
  seconds,
  sign,
  token,
} from './diagnose-site.js';

const without = (name: string) => token({ [name]: undefined });

afterEach(() => vi.useRealTimers());

describe('diagnose, given a token', () => {
  it('has only notes for a valid one', async () => {
    const findings = await diagnose(token(), { publicKey: pasted, issuer });
    expect(findings.map(({ level, code }) => `${level} ${code}`)).toEqual([
      'note valid-until',
      'note issuer-fits',
      'note key-fine',
      'note signature-fits',
    ]);
  });

  it('says what it could not check', async () => {
    const codes = (await diagnose(token())).map(({ code }) => code);
    expect(codes).toContain('signature-not-checked');
    expect(codes).toContain('issuer-not-compared');
  });

  it('puts errors before warnings before notes', async () => {
    const findings = await diagnose(token({ family_name: '', sub: 'x' }), { issuer });
    expect(findings.map(({ level }) => level)).toEqual(['error', 'warning', 'note', 'note', 'note']);
  });

  it('refuses an option it does not know', async () => {
    // @ts-expect-error misspelt
    await expect(diagnose(token(), { publickey: pasted })).rejects.toThrow(/publickey.*publicKey/);
  });
});

describe('diagnose, called by mistake', () => {
  it.each<[unknown, unknown, RegExp]>([
    [undefined, {}, /neither text nor a Response/],
    [{ token: 'x' }, {}, /neither text nor a Response/],
    ['x', { publicKey: null }, /publicKey is not text/],
    ['x', { issuer: new URL('https://www.example.com') }, /issuer is not text/],
  ])('with %o and %o says so', async (subject, options, words) => {
    await expect(diagnose(subject as string, options as object)).rejects.toThrow(words);
  });
});

describe('diagnose, given a text that is not the bare token', () => {
  it.each<[string, () => string, string[]]>([
    ['nothing', () => '', ['token-missing']],
    ['blanks', () => ' \n ', ['token-missing']],
    ['a Bearer prefix', () => `Bearer ${token()}`, ['bearer-prefix']],
    ['a whole Authorization header', () => `authorization: bearer ${token()}`, ['bearer-prefix']],
    ['quotation marks', () => JSON.stringify(token()), ['token-quoted']],
    ['curly quotation marks', () => `“${token()}”`, ['token-quoted']],
    [
      'quotation marks around a Bearer prefix',
      () => `"Bearer ${token()}"`,
      ['token-quoted', 'bearer-prefix'],
    ],
    ['line breaks inside', () => token().replace(/(.{76})/g, '$1\r\n'), ['token-blanks']],
    ['a zero-width blank inside', () => token().replace('.', '.\u200b'), ['token-blanks']],
    ['a line of the console', () => `JWT from Web Application: ${token()}`, ['text-around-token']],
    ['a cookie', () => `jwt=${token()}; Path=/`, ['text-around-token']],
    ['two tokens in two lines', () => `${token()}\r\n${token()}\n`, ['several-tokens']],
    ['two tokens joined without anything', () => token() + token(), ['several-tokens']],
    [
      'two tokens, broken into lines',
      () => (token() + token()).replace(/(.{76})/g, '$1\n'),
      ['several-tokens'],
    ],
    ['two tokens among other text', () => `id_token=${token()}&access_token=${token()}`, ['several-tokens']],
    ['HTML', () => '<!DOCTYPE html><title>Shop</title>', ['html-page']],
    ['a sign-in page', () => '\n<html><form><input type="password"></form></html>', ['login-page']],
    ['an address', () => 'https://www.example.com/live-assist/token', ['token-is-address']],
    ['the public key', () => pasted, ['token-is-key']],
    ['a word', () => 'undefined', ['token-is-nothing']],
    ['JSON without a token', () => '{"user":"oops"}', ['token-field-missing']],
    ['JSON that says that it failed', () => '{"error":"oops"}', ['refusal-in-json']],
    ['the answer to a guest', () => '{"error":"signed-out"}', ['signed-out']],
    [
      'JSON with the token elsewhere',
      () => JSON.stringify({ data: { jwt: token() } }),
      ['other-token-field'],
    ],
    ['broken JSON', () => `{"token":"${token()}"`, ['json-broken']],
  ])('recognises %s', async (_, text, codes) => {
    expect((await faults(text(), { publicKey: pasted, issuer })).toSorted()).toEqual(codes.toSorted());
  });

  it('continues after a finding, up to the signature', async () => {
    for (const text of [`Bearer ${token()}`, `token: ${token()}`, token().replace(/(.{76})/g, '$1\n')]) {
      const codes = (await diagnose(text, { publicKey: pasted })).map(({ code }) => code);
      expect(codes).toContain('signature-fits');
    }
  });

  it('treats JSON with the token as a saved answer', async () => {
    const findings = await diagnose(`${JSON.stringify({ token: token() })}\n`, { publicKey: pasted, issuer });
    expect(findings.every(({ level }) => level === 'note')).toBe(true);
    expect(findings.map(({ code }) => code)).toContain('json-text');
  });

  it('looks in the given field', async () => {
    const text = JSON.stringify({ data: { jwt: token() } });
    expect(await faults(text, { publicKey: pasted, issuer, tokenField: 'data.jwt' })).toEqual([]);
  });

  it('counts several tokens', async () => {
    expect(await messageOf('several-tokens', [token(), token(), token()].join(''))).toContain('3 tokens');
    expect(await messageOf('several-tokens', [token(), token(), token()].join(' '))).toContain('3 tokens');
  });

  it('names the position of the first blank', async () => {
    const text = `${token().slice(0, 10)} ${token().slice(10)}`;
    expect(await messageOf('token-blanks', text)).toContain('character 11');
  });

  it('warns that a private key in place of the token is leaked', async () => {
    const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));
    const encrypted = String(
      privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
    );
    const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    const long = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
    const pem = (key: KeyObject, type: 'pkcs8' | 'sec1') => String(key.export({ type, format: 'pem' }));
    for (const text of [
      privatePem,
      privatePem.replaceAll('\n', '\\n'),
      privatePem.slice(60),
      Buffer.from(privatePem).toString('base64'),
      encrypted,
      oneLine(encrypted),
      oneLine(pem(long, 'pkcs8')),
      oneLine(pem(elliptic, 'pkcs8')),
      pem(elliptic, 'sec1'),
      jwk,
    ])
      expect(await faults(text), text.slice(0, 40)).toEqual(['private-key', 'token-is-key']);
  });

  it('does not call a public key leaked', async () => {
    // Any odd number serves as a modulus, because finding two primes of this size can take minutes.
    const modulus = Buffer.alloc(1024, 0xa5);
    const key = { kty: 'RSA', n: modulus.toString('base64url'), e: 'AQAB' };
    const publicKey = createPublicKey({ key, format: 'jwk' });
    const pem = String(publicKey.export({ type: 'spki', format: 'pem' }));
    const jwk = JSON.stringify(publicKey.export({ format: 'jwk' }));
    for (const text of [pem, oneLine(pem), Buffer.from(pem).toString('base64'), jwk, oneLine(certificate)])
      expect(await faults(text), text.slice(0, 40)).toEqual(['token-is-key']);
  });
});

describe('diagnose, given a token with a broken part', () => {
  const [header = '', payload = '', signature = ''] = token().split('.');
  it.each<[string, string, string[]]>([
    ['two parts', `${header}.${payload}`, ['token-parts']],
    ['four parts', `${header}.${payload}.${signature}.${signature}`, ['token-parts']],
    ['one part', header, ['token-parts']],
    ['an empty signature', `${header}.${payload}.`, ['signature-missing']],
    ['five parts', `${header}.${payload}.a.b.c`, ['token-encrypted']],
    ['padding', `${header}.${payload}.${signature}==`, ['not-base64url']],
    ['plain base64', `${header}.${payload}.${signature.slice(0, -3)}+/A`, ['not-base64url']],
    [
      'a character lost in the signature',
      `${header}.${payload}.${signature.slice(0, -1)}`,
      ['part-incomplete'],
    ],
    ['a payload that is a list', sign({ alg: 'RS256' }, []), ['part-not-json']],
    ['a payload that is null', sign({ alg: 'RS256' }, null), ['part-not-json']],
    [
      'a payload cut short',
      `${header}.${payload.slice(0, -4)}.${signature}`,
      ['part-not-json', 'token-altered'],
    ],
    [
      'a payload in Latin-1',
      `${header}.${Buffer.from('{"sub":"Zo\xeb"}', 'latin1').toString('base64url')}.${signature}`,
      ['part-not-utf8', 'token-altered'],
    ],
    ['a header that is no JSON', `eyJ9.${payload}.${signature}`, ['part-not-json']],
  ])('recognises %s', async (_, text, codes) => {
    expect((await faults(text, { publicKey: pasted, issuer })).toSorted()).toEqual(codes.toSorted());
  });

  it('names the part', async () => {
    expect(await messageOf('part-not-json', `eyJ9.${payload}.${signature}`)).toContain('header');
  });
});

describe('diagnose, given a header', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ alg: 'none' }, 'algorithm-none'],
    [{ alg: 'NONE' }, 'algorithm-none'],
    [{ alg: 'HS256' }, 'algorithm-shared-secret'],
    [{ alg: 'HS512' }, 'algorithm-shared-secret'],
    [{ alg: 'PS256' }, 'algorithm'],
    [{ alg: 'RS512' }, 'algorithm'],
    [{ alg: 'rs256' }, 'algorithm'],
    [{ alg: undefined }, 'algorithm-missing'],
    [{ crit: ['exp'] }, 'critical-header'],
    [{ jwk: { kty: 'RSA' } }, 'embedded-key'],
    [{ x5u: 'https://example.com/key' }, 'embedded-key'],
  ])('finds %o: %s', async (header, code) => {
    expect(await faults(token({}, header), { publicKey: pasted })).toEqual([code]);
  });
});

describe('diagnose, given a sub', () => {
  it.each<[unknown, string]>([
    [undefined, 'sub-missing'],
    ['', 'sub-missing'],
    [null, 'sub-missing'],
    [{ id: contact }, 'sub-not-text'],
    [`{${contact}}`, 'sub-braces'],
    [`{${contact.toUpperCase()}}`, 'sub-braces'],
    [`(${contact})`, 'sub-braces'],
    [contact.replaceAll('-', ''), 'sub-form'],
    [` ${contact}`, 'sub-form'],
    [`${contact}\n`, 'sub-form'],
    [`urn:uuid:${contact}`, 'sub-form'],
    [`contacts(${contact})`, 'sub-form'],
    ['ada@example.com', 'sub-email'],
    ['{ada@example.com}', 'sub-email'],
    ['10042', 'sub-account-id'],
    [10042, 'sub-account-id'],
    ['ACC-0012', 'sub-account-id'],
    ['Contact GUID', 'sub-placeholder'],
    ['<GUID>', 'sub-placeholder'],
    ['00000000-0000-0000-0000-000000000000', 'sub-zeros'],
    ['Ada Lovelace', 'sub-not-guid'],
    [`${contact}0`, 'sub-not-guid'],
    [contact.replace('3', 'g'), 'sub-not-guid'],
  ])('finds %o: %s', async (sub, code) => {
    expect(await faults(token({ sub }))).toEqual([code]);
  });

  it('accepts a GUID in capitals', async () => {
    expect(await faults(token({ sub: contact.toUpperCase() }))).toEqual([]);
  });
});

describe('diagnose, given names', () => {
  it.each<[unknown, string[]]>([
    ['', ['name-empty']],
    ['  ', ['name-empty']],
    [7, ['name-not-text']],
    ["Contact's first Name", ['name-placeholder']],
    ['ZoÃ«', ['name-garbled']],
    ['Zo\ufffd', ['name-garbled']],
    ['Zo&euml;', ['name-garbled']],
    ...['Иван', 'Ελένη', '李', 'Nguyễn', 'אבי', 'O’Brien', 'Łukasz'].map((name): [string, string[]] => [
      new TextDecoder('windows-1252').decode(new TextEncoder().encode(name)),
      ['name-garbled'],
    ]),
    [Buffer.from('Иван').toString('latin1'), ['name-garbled']],
    ['Tä’ufa', []],
    ['Nicolâ’s', []],
    ['Иван', []],
    ['Nguyễn', []],
    ['O&#39;Brien', ['name-garbled']],
    ['João', []],
    ['Åsa', []],
    ["O'Brien & Sons", []],
    ['李', []],
  ])('judges %o: %o', async (given_name, codes) => {
    expect(await faults(token({ given_name }))).toEqual(codes);
  });

  it('only notes a missing one', async () => {
    expect(await faults(without('family_name'))).toEqual([]);
    expect(await messageOf('name-missing', without('family_name'))).toContain('"family_name"');
  });

  it('notes both in one sentence', async () => {
    const findings = await diagnose(token({ given_name: undefined, family_name: undefined }));
    expect(findings.filter(({ code }) => code === 'name-missing')).toHaveLength(1);
  });
});

describe('diagnose, given times', () => {
  const at = (iat: unknown, exp: unknown) => token({ iat, exp });
  const now = seconds();

  it.each<[string, () => string, string[]]>([
    ['milliseconds', () => at(now * 1000, (now + 7200) * 1000), ['time-milliseconds', 'time-milliseconds']],
    ['microseconds', () => at(now * 1e6, now + 7200), ['time-milliseconds']],
    ['nanoseconds', () => at(now * 1e9, now + 7200), ['time-milliseconds']],
    ['ticks of .NET', () => at((now + 62_135_596_800) * 1e7, now + 7200), ['time-of-another-clock']],
    ['a Windows file time', () => at((now + 11_644_473_600) * 1e7, now + 7200), ['time-of-another-clock']],
    ['seconds since the year 1', () => at(now + 62_135_596_800, now + 7200), ['time-of-another-clock']],
    ['minutes', () => at(Math.floor(now / 60), now + 7200), ['time-of-another-clock']],
    ['a duration of a year', () => at(now, 31_536_000), ['time-is-duration']],
    ['strings', () => at(String(now), String(now + 7200)), ['time-text', 'time-text']],
    ['a date as text', () => at(new Date().toISOString(), now + 7200), ['time-text']],
    ['null', () => at(null, now + 7200), ['time-not-a-number']],
    ['no exp', () => without('exp'), ['time-missing']],
    ['no iat', () => without('iat'), ['time-missing']],
    ['a duration as exp', () => at(now, 7200), ['time-is-duration']],
    ['exp before iat', () => at(now, now - 5), ['ends-before-start', 'expired']],
    ['seven seconds', () => at(now, now + 7), ['seven-second-sample']],
    ['7.2 seconds', () => at(now + 0.5, now + 7.7), ['seven-second-sample']],
    ['eight seconds, as rounding makes them', () => at(now, now + 8), ['seven-second-sample']],
    [
      'seven seconds in milliseconds',
      () => at(now * 1000, now * 1000 + 7200),
      ['seven-second-sample', 'time-milliseconds', 'time-milliseconds'],
    ],
    ['four seconds', () => at(now, now + 4), ['short-life']],
    ['59 seconds', () => at(now, now + 59), ['short-life']],
    ['a minute', () => at(now, now + 60), []],
    ['a day', () => at(now, now + 86_400), []],
    ['more than a day', () => at(now, now + 86_401), ['long-life']],
    ['fractions of a second', () => at(now + 0.25, now + 7200.25), []],
    ['the end an hour ago', () => at(now - 10_800, now - 3600), ['expired']],
    ['a date two hours ahead', () => at(now + 7200, now + 14_400), ['issued-in-future']],
    ['a date twenty seconds ahead', () => at(now + 20, now + 7200), ['clock-ahead']],
    ['nbf in the future', () => token({ nbf: now + 600 }), ['not-yet-valid']],
    ['nbf that is past', () => token({ nbf: now - 1 }), []],
    ['nbf as text', () => token({ nbf: String(now) }), ['time-text']],
  ])('judges %s', async (_, text, codes) => {
    vi.useFakeTimers({ now: now * 1000, toFake: ['Date'] });
    expect((await faults(text(), { publicKey: pasted })).toSorted()).toEqual(codes);
  });

  it('distinguishes a time zone from a wrong clock', async () => {
    vi.useFakeTimers({ now: now * 1000, toFake: ['Date'] });
    expect(await messageOf('issued-in-future', at(now + 7200, now + 14_400))).toContain('time zone');
    expect(await messageOf('issued-in-future', at(now + 5000, now + 14_400))).toContain('clock');
  });

  it('recognises a lifetime in milliseconds', async () => {
    expect(await messageOf('long-life', at(now, now + 7_200_000))).toContain('2 hours meant');
  });

  it('suspects the specification’s sample behind seven seconds', async () => {
    expect(await messageOf('seven-second-sample', at(now, now + 7))).toMatch(
      /^The token lives only 7 seconds\. Most likely/,
    );
  });

  it('says when it expired', async () => {
    vi.useFakeTimers({ now: Date.UTC(2031, 4, 6, 12), toFake: ['Date'] });
    const noon = seconds();
    expect(await messageOf('expired', at(noon - 7200, noon - 300))).toMatch(
      /5 minutes ago \(2031-05-06 11:55:00 UTC\)/,
    );
  });
});

describe('diagnose, given an issuer', () => {
  it.each<[string, string, number, RegExp]>([
    ['https://www.example.com', 'www.example.com', 1, /full address against a bare host name/],
    ['www.example.com/', 'www.example.com', 16, /slash at the end/],
    ['www.example.com', 'www.example.com ', 16, /a blank or line break/],
    ['www.Example.com', 'www.example.com', 5, /capitals/],
    ['http://a.example', 'https://a.example', 5, /http against https/],
    ['example.com', 'www.example.com', 1, /the difference is www\./],
    ['https://a.example:8443', 'https://a.example', 18, /a port/],
    ['https://a.example/site', 'https://a.example', 18, /a path/],
    ['https://Example.com/', 'example.com', 1, /capitals.*slash.*full address/],
    ['a.example', 'b.example', 1, /two different names/],
    ['www.example.com', 'www.example\u200b.com', 12, /is an invisible character[\s\S]*\\u\{200b\}/],
    ['www.exam\u00adple.com', 'www.example.com', 9, /is an invisible character/],
    [
      'www.example.com',
      'www.example.com\u00a0',
      16,
      /is an invisible character[^,]*, soft hyphen, no-break space\)\./,
    ],
    ['www.example.com', 'www. example.com', 5, /is a blank or line break\./],
    ['https://www.example.com\ufeff', 'www.example.com', 1, /is an invisible .*, and a full address/],
    ['zoë.example', 'zoe\u0308.example', 3, /zo\\u\{eb\}/],
  ])('compares %o with %o: byte %i', async (iss, entered, position, words) => {
    const message = await messageOf('issuer-differs', token({ iss }), { issuer: entered });
    expect(message).toContain(`byte ${position} on`);
    expect(message).toMatch(words);
  });

  it.each<[unknown, string]>([
    [undefined, 'issuer-missing'],
    ['', 'issuer-placeholder'],
    ['FQDN of your website', 'issuer-placeholder'],
    [['a'], 'issuer-not-text'],
  ])('finds %o: %s', async (iss, code) => {
    expect(await faults(token({ iss }), { issuer })).toEqual([code]);
  });

  it('shows control characters as codes', async () => {
    const message = await messageOf('issuer-not-compared', token({ iss: 'a\u001b[2J\u202e' }));
    expect(message).toContain('a\\u{1b}[2J\\u{202e}');
  });
});

describe('the messages of diagnose', () => {
  it('hold no claim but iss and the times, and nothing of the token', async () => {
    const secret = {
      sub: 'Sub-Secret',
      given_name: '',
      family_name: 'Family-Secret',
      email: 'secret@mail.example',
    };
    const texts = [
      token(secret),
      `Bearer ${token(secret)}`,
      JSON.stringify({ jwt: token(secret), x: 'Secret' }),
    ];
    for (const text of texts) {
      const spoken = (await diagnose(text, { publicKey: `${pasted}x`, issuer: 'a' }))
        .map(({ message }) => message)
        .join();
      expect(spoken).not.toMatch(/secret/i);
      for (const part of [...token(secret).split('.'), pasted])
        expect(spoken).not.toContain(part.slice(0, 24));
    }
  });

  it('are a fact and a remedy each', async () => {
    const claims = { ...fineClaims(), sub: 1, iat: 'x', iss: 7, given_name: [] };
    for (const { message } of await diagnose(sign({ alg: 'none', jwk: {} }, claims), { publicKey: 'x' })) {
      expect(message).toMatch(/^["A-Z].+[.:?] [A-Z"].+\.$/s);
    }
  });
});
