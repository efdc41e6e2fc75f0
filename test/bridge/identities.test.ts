// @vitest-environment jsdom
import { BridgeError, type BridgeOptions, createBridge, type Identity } from 'live-assist-bridge';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, onTestFinished, vi } from 'vitest';
import { answer, bridge, call, endpoint, failure, token } from './site.js';

type Ask = (callback: unknown) => void;
interface LpTag {
  identities?: Ask[];
  newPage?: (url: string, options?: unknown) => void;
  section?: unknown;
}

const page = globalThis as unknown as { lpTag?: LpTag };
const iss = 'www.larkfield.example';
const [ada, ben] = ['a', 'b'].map((letter) => `${letter.repeat(8)}-0000-4000-8000-000000000001`);
const identityOf = (sub = ada) => ({ iss, acr: 'loa1', sub });
let visitor: string | null = 'ada';
let warn = vi.spyOn(console, 'warn');
let fetch = endpoint();

beforeEach(() => {
  visitor = 'ada';
  warn = vi.spyOn(console, 'warn').mockReturnValue();
  fetch = endpoint(() => answer({ token: token({ iss, sub: visitor === 'ada' ? ada : ben }) }));
});
afterEach(() => {
  vi.restoreAllMocks();
  delete page.lpTag;
});

/** A bridge of a site that names its visitors. */
const messaging = (options: Partial<BridgeOptions> = {}) =>
  bridge({ identities: true, visitor: () => visitor, ...options } as Partial<BridgeOptions>);

/** Calls every function in `lpTag.identities`, as the vendor's tag does, and returns all answers of each. */
function ask(functions = page.lpTag?.identities ?? []) {
  const answers = functions.map(() => [] as unknown[]);
  const all = functions.map(
    (identity, index) =>
      new Promise<unknown>((resolve) =>
        identity((...given: unknown[]) => {
          answers[index]?.push(...given);
          resolve(given[0]);
        }),
      ),
  );
  return Object.assign(Promise.all(all), { answers });
}

/** The events `live-assist-bridge:answer` of one test. */
function events() {
  const details: unknown[] = [];
  const listen = ({ detail }: CustomEvent) => void details.push(detail);
  window.addEventListener('live-assist-bridge:answer', listen);
  onTestFinished(() => window.removeEventListener('live-assist-bridge:answer', listen));
  return details;
}

/** The page has loaded. In browsers, a script that has loaded counts as well (e2e/bridge/identities.spec.ts). */
const loaded = () => window.dispatchEvent(new Event('load'));

describe('the identity function', () => {
  it('gives the issuer and the subject of the token, and nothing else', async () => {
    messaging();
    expect(await ask()).toEqual([identityOf()]);
    expect(Object.keys((await ask())[0] as object)).toEqual(['iss', 'acr', 'sub']);
  });

  it('is there before the vendor’s tag, as the only one, and asks for nothing by itself', () => {
    messaging();
    expect(page.lpTag?.identities).toHaveLength(1);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('joins the functions that the page has put there', async () => {
    const section = ['energy'];
    const theirs = vi.fn((callback) => callback(null));
    page.lpTag = { section, identities: [theirs] };
    messaging();
    expect(page.lpTag.section).toBe(section);
    expect(await ask()).toEqual([null, identityOf()]);
  });

  it('shares its request with the method and getToken', async () => {
    const made = messaging();
    const [identity, chat, own] = await Promise.all([ask(), call(), made.getToken()]);
    expect(identity).toEqual([identityOf()]);
    expect(chat).toEqual([own]);
    expect(await ask()).toEqual([identityOf()]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('answers at once from the kept token', async () => {
    await messaging().getToken();
    const asked = ask();
    expect(asked.answers).toEqual([[identityOf()]]);
  });

  it.each([null, ''])('costs no request for a guest whom the site calls %j', async (guest) => {
    visitor = guest;
    const made = messaging();
    expect(await ask()).toEqual([null]);
    expect(fetch).not.toHaveBeenCalled();
    expect(made.codes()).toEqual(['signed-out']);
  });

  it.each([
    ['a guest of the endpoint', () => answer({ error: 'signed-out' }, 401), 'signed-out'],
    ['a visitor without a contact', () => answer({ error: 'no-contact' }, 403), 'no-contact'],
    ['a token without an issuer', () => answer({ token: token() }), 'wrong-claims'],
    ['a token whose issuer is not text', () => answer({ token: token({ iss: 7 }) }), 'wrong-claims'],
    ['an endpoint that fails', () => answer('', 400), 'endpoint-failed'],
  ])('gives null for %s', async (_, respond, code) => {
    endpoint(respond);
    const made = messaging();
    expect(await ask()).toEqual([null]);
    expect(made.codes()).toEqual([code]);
    if (code === 'wrong-claims') expect(made.errors[0]?.message).toContain('iss or sub is not text');
  });

  it('answers null once when the time is over', async () => {
    endpoint(() => new Promise(() => {}));
    const made = messaging({ timeout: 100 });
    const asked = ask();
    expect(await asked).toEqual([null]);
    expect(asked.answers).toEqual([[null]]);
    expect(made.codes()).toEqual(['timeout']);
  });

  it('still hands over a token without an issuer in a chat', async () => {
    endpoint(() => answer({ token: token() }));
    messaging();
    await ask();
    expect(await call()).toHaveLength(1);
  });

  it('tells the page about each answer by an event, without the identity', async () => {
    const details = events();
    messaging();
    await ask();
    await ask();
    visitor = null;
    await ask();
    const common = { asked: 'identity', milliseconds: expect.any(Number) };
    expect(details).toEqual([
      { ...common, outcome: 'token', kept: false },
      { ...common, outcome: 'token', kept: true },
      { ...common, outcome: 'refused', code: 'signed-out', kept: false },
    ]);
  });

  it('never identifies a former visitor, however late the answer', async () => {
    let respond = (_: Response) => {};
    endpoint(() => new Promise((resolve) => (respond = resolve)));
    const made = messaging();
    const asked = ask();
    await vi.waitFor(() => expect(respond).toHaveLength(1));
    visitor = 'ben';
    respond(answer({ token: token({ iss, sub: ada }) }));
    expect(await asked).toEqual([null]);
    expect(made.codes()).toEqual(['visitor-changed']);
  });

  it('answers for the current visitor', async () => {
    messaging();
    expect(await ask()).toEqual([identityOf(ada)]);
    visitor = 'ben';
    expect(await ask()).toEqual([identityOf(ben)]);
    visitor = null;
    expect(await ask()).toEqual([null]);
    visitor = 'ada';
    expect(await ask()).toEqual([identityOf(ada)]);
  });

  it('answers null for a tag that still holds it after dispose', async () => {
    const made = messaging();
    const held = [...(page.lpTag?.identities ?? [])];
    await made.getToken();
    made.dispose();
    expect(page.lpTag?.identities).toEqual([]);
    expect(await ask(held)).toEqual([null]);
  });
});

describe('after dispose', () => {
  it('other functions in a new array remain', async () => {
    const made = messaging();
    const others = vi.fn();
    page.lpTag = { identities: [others] };
    made.dispose();
    expect(page.lpTag.identities).toEqual([others]);
  });

  it('a second dispose does not end another bridge', async () => {
    messaging({ identities: () => ({ iss, sub: 'older' }), methodName: 'one' });
    const newer = messaging({ identities: () => ({ iss, sub: 'newer' }), methodName: 'two' });
    newer.dispose();
    newer.dispose();
    expect(await ask()).toEqual([identityOf('older')]);
  });
});

describe('without the option', () => {
  it.each([undefined, false])('lpTag is not touched (%j)', async (identities) => {
    const made = bridge({ identities, visitor: () => 'ada' });
    expect('lpTag' in page).toBe(false);
    const newPage = vi.fn();
    page.lpTag = Object.freeze({ newPage });
    loaded();
    made.forgetToken();
    expect(newPage).not.toHaveBeenCalled();
    expect(page.lpTag).toEqual({ newPage });
  });
});

describe('the option', () => {
  it('needs visitor, so that guests cause no request', () => {
    expect(() => createBridge({ tokenEndpoint: '/token', identities: true })).toThrow(
      new TypeError('identities needs visitor (data-visitor), empty for guests.'),
    );
    expect('lpTag' in page).toBe(false);
  });

  it.each(['true', 1, null, {}])('is not %j', (identities) => {
    expect(() => bridge({ identities } as unknown as Partial<BridgeOptions>)).toThrow(
      'The option identities is not valid. It takes true or a function.',
    );
  });

  it('is typed', () => {
    expectTypeOf<NonNullable<BridgeOptions['identities']>>().toEqualTypeOf<
      boolean | (() => Identity | null | Promise<Identity | null>)
    >();
    expectTypeOf({ iss: '', acr: 'loa1', sub: '' } as const).toExtend<Identity>();
    // @ts-expect-error: an identity has an issuer
    expectTypeOf({ sub: '' }).toExtend<Identity>();
  });
});

describe('the site’s own function', () => {
  const own = (identities: BridgeOptions['identities'], options: Partial<BridgeOptions> = {}) =>
    bridge({ identities, ...options } as Partial<BridgeOptions>);

  it.each([
    ['returns', () => ({ iss, sub: String(ada) })],
    ['promises', async () => ({ iss, sub: String(ada), acr: 'loa1' as const, name: 'Ada' })],
  ])('%s the identity, and no token is requested', async (_, identities) => {
    own(identities);
    expect(await ask()).toEqual([identityOf()]);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([
    ['null for a guest', () => null, 'signed-out'],
    ['a promise of null', async () => null, 'signed-out'],
    ['nothing', () => undefined, 'wrong-claims'],
    ['half an identity', () => ({ iss }), 'wrong-claims'],
    ['an empty GUID', () => ({ iss, sub: '' }), 'wrong-claims'],
    ['a number', () => 7, 'wrong-claims'],
    ['a promise that never ends', () => new Promise(() => {}), 'timeout'],
    ['a promise that fails', () => Promise.reject(new Error('secret')), 'endpoint-failed'],
    [
      'an error',
      () => {
        throw new Error('secret');
      },
      'endpoint-failed',
    ],
  ])('may give %s: the answer is null', async (_, identities, code) => {
    const made = own(identities as unknown as BridgeOptions['identities'], {
      timeout: code === 'timeout' ? 100 : 8000,
    });
    const asked = ask();
    expect(await asked).toEqual([null]);
    expect(asked.answers).toEqual([[null]]);
    expect(made.codes()).toEqual([code]);
    expect(made.errors[0]?.message).not.toContain('secret');
  });

  it('that throws is named in one console line', async () => {
    own(
      () => {
        throw new Error();
      },
      { onError: undefined },
    );
    await ask();
    await ask();
    expect(warn.mock.calls).toEqual([
      ['live-assist-bridge: identities threw. Catch what it throws there. (endpoint-failed)'],
    ]);
  });

  it('is not asked about a guest', async () => {
    const identities = vi.fn(() => ({ iss, sub: String(ada) }));
    visitor = null;
    own(identities, { visitor: () => visitor });
    expect(await ask()).toEqual([null]);
    expect(identities).not.toHaveBeenCalled();
  });

  it('whose visitor changes meanwhile answers null', async () => {
    let resolve = (_: Identity) => {};
    own(() => new Promise((settle) => (resolve = settle)), { visitor: () => visitor });
    const asked = ask();
    visitor = 'ben';
    resolve({ iss, sub: String(ada) });
    expect(await asked).toEqual([null]);
  });

  it('is answered for at once when the visitor signs out', async () => {
    const made = own(() => new Promise(() => {}));
    const asked = ask();
    made.forgetToken();
    expect(await asked).toEqual([null]);
    expect(made.codes()).toEqual(['visitor-changed']);
  });

  it('leaves the token of a chat alone', async () => {
    const made = own(() => ({ iss, sub: 'other' }));
    const [identity, jwt] = await Promise.all([ask(), made.getToken()]);
    expect(identity).toEqual([identityOf('other')]);
    expect(await call()).toEqual([jwt]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe('the vendor’s tag', () => {
  it('that is old and replaces lpTag finds the function again when the page has loaded', async () => {
    messaging();
    page.lpTag = { newPage: vi.fn() };
    loaded();
    expect(await ask()).toEqual([identityOf()]);
    expect(page.lpTag.identities).toHaveLength(1);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each(['DOMContentLoaded', 'pageshow'])('that is inline finds it again on %s', async (type) => {
    messaging();
    page.lpTag = {};
    window.dispatchEvent(new Event(type));
    expect(await ask()).toEqual([identityOf()]);
  });

  it('that is new keeps the array, however often it loads', async () => {
    messaging();
    for (let times = 0; times < 3; times++) {
      page.lpTag = { identities: page.lpTag?.identities ?? [] };
      loaded();
    }
    expect(await ask()).toEqual([identityOf()]);
  });

  it('finds it beside functions that the page adds afterwards', async () => {
    messaging();
    page.lpTag = { identities: [(callback) => (callback as (given: null) => void)(null)] };
    loaded();
    expect(await ask()).toEqual([null, identityOf()]);
  });
});

describe('two bridges', () => {
  it('share one function, and the newer one answers until it ends', async () => {
    messaging({ identities: () => ({ iss, sub: 'older' }), methodName: 'one' });
    const newer = messaging({ identities: () => ({ iss, sub: 'newer' }), methodName: 'two' });
    expect(await ask()).toEqual([identityOf('newer')]);
    page.lpTag = {};
    loaded();
    expect(await ask()).toEqual([identityOf('newer')]);
    newer.dispose();
    expect(await ask()).toEqual([identityOf('older')]);
  });

  it('of two copies of this file also share one function', async () => {
    messaging({ identities: () => ({ iss, sub: 'first copy' }) });
    vi.resetModules();
    const copy = await import('../../src/bridge/index.js');
    const identities = () => ({ iss, sub: 'second copy' });
    const newer = copy.createBridge({ tokenEndpoint: '/token', identities });
    expect(await ask()).toEqual([identityOf('second copy')]);
    newer.dispose();
    expect(await ask()).toEqual([identityOf('first copy')]);
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('newPage', () => {
  const withTag = (newPage = vi.fn(), section: unknown = ['energy', 'bills']) => {
    page.lpTag = { newPage, section };
    return newPage;
  };

  it('is called by forgetToken, once, with the tag’s section', async () => {
    const newPage = withTag();
    messaging().forgetToken();
    expect(newPage.mock.calls).toEqual([[location.href, { section: ['energy', 'bills'] }]]);
  });

  it('is called once for a sign-out that forgets twice', () => {
    const newPage = withTag();
    const made = messaging();
    made.forgetToken();
    made.forgetToken();
    expect(newPage).toHaveBeenCalledTimes(1);
  });

  it('is called once for two bridges', () => {
    const newPage = withTag();
    const [one, two] = [messaging({ methodName: 'one' }), messaging({ methodName: 'two' })];
    one.forgetToken();
    two.forgetToken();
    expect(newPage).toHaveBeenCalledTimes(1);
  });

  it('is left to a page that has called it in the same turn', async () => {
    const newPage = withTag();
    const made = messaging();
    visitor = null;
    page.lpTag?.newPage?.('/signed-out');
    made.forgetToken();
    expect(newPage.mock.calls).toEqual([['/signed-out']]);
    await Promise.resolve();
    made.forgetToken();
    expect(newPage).toHaveBeenCalledTimes(2);
  });

  it('is still called if that call was answered with the visitor who signs out', async () => {
    const newPage = withTag(vi.fn(() => void ask()));
    const made = messaging();
    await made.getToken();
    page.lpTag?.newPage?.('/signed-out');
    visitor = null;
    made.forgetToken();
    expect(newPage).toHaveBeenCalledTimes(2);
  });

  it('of a tag that loads late is called, too', () => {
    const made = messaging();
    const newPage = vi.fn();
    page.lpTag = { newPage };
    made.forgetToken();
    expect(newPage.mock.calls).toEqual([[location.href, { section: undefined }]]);
  });

  it('keeps its properties and its this', () => {
    const seen: unknown[] = [];
    const newPage = Object.assign(
      function (this: unknown) {
        seen.push(this);
      },
      { version: '1.10.0' },
    );
    page.lpTag = { newPage };
    messaging();
    page.lpTag.newPage?.('/next');
    expect(seen).toEqual([page.lpTag]);
    expect(page.lpTag.newPage).toHaveProperty('version', '1.10.0');
  });

  it('is not called for a changed visitor, a hidden page or dispose', async () => {
    const newPage = withTag();
    const made = messaging();
    await ask();
    visitor = 'ben';
    await ask();
    window.dispatchEvent(new Event('pagehide'));
    made.dispose();
    expect(newPage).not.toHaveBeenCalled();
  });

  it('that throws does not disturb the sign-out', async () => {
    vi.stubGlobal('reportError', vi.fn());
    const thrown = new Error('theirs');
    withTag(
      vi.fn(() => {
        throw thrown;
      }),
    );
    messaging().forgetToken();
    await Promise.resolve();
    expect(reportError).toHaveBeenCalledWith(thrown);
    vi.unstubAllGlobals();
  });

  it('may be missing or frozen', () => {
    const newPage = Object.freeze(vi.fn());
    page.lpTag = { newPage };
    messaging().forgetToken();
    page.lpTag = {};
    messaging().forgetToken();
    page.lpTag = { newPage: 'none' } as unknown as LpTag;
    messaging().forgetToken();
    expect(newPage).toHaveBeenCalledTimes(1);
  });
});

describe('a page that gets in the way', () => {
  it.each([
    [
      'lpTag is text',
      'text',
      /^live-assist-bridge: lpTag\.identities cannot be set\. Its parent is not an object\.$/,
    ],
    ['lpTag is frozen', Object.freeze({}), /identities cannot be set\. It is not an array, or frozen\.$/],
    ['identities is not an array', { identities: {} }, /It is not an array, or frozen\.$/],
    ['identities is text', { identities: 'text' }, /It is not an array, or frozen\.$/],
    ['identities is frozen', { identities: Object.freeze([]) }, /It is not an array, or frozen\.$/],
  ])('because %s keeps its chat, and one console line reports it', async (_, lpTag, line) => {
    page.lpTag = lpTag as LpTag;
    const made = messaging();
    expect(await call()).toHaveLength(1);
    loaded();
    window.dispatchEvent(new Event('pageshow'));
    made.forgetToken();
    made.dispose();
    expect(warn.mock.calls).toEqual([[expect.stringMatching(line)]]);
  });

  it('because it freezes the array later keeps its function', async () => {
    const made = messaging();
    Object.freeze(page.lpTag?.identities);
    loaded();
    expect(await ask()).toEqual([identityOf()]);
    made.dispose();
    expect(await ask()).toEqual([null]);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([null, undefined])('because lpTag is %j still gets the identity function', async (lpTag) => {
    page.lpTag = lpTag as unknown as LpTag;
    messaging();
    expect(await ask()).toEqual([identityOf()]);
  });

  it('because an element is called lpTag still gets the identity function', async () => {
    document.body.innerHTML = '<form id="lpTag"></form>';
    messaging();
    expect(await ask()).toEqual([identityOf()]);
    document.body.replaceChildren();
  });

  it('because it passes no callback is reported in one line', () => {
    messaging();
    page.lpTag?.identities?.[0]?.('none');
    expect(warn.mock.calls).toEqual([
      ['live-assist-bridge: lpTag.identities was called without a callback.'],
    ]);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('because its callback throws is called once, and its error is reported', async () => {
    vi.stubGlobal('reportError', vi.fn());
    const made = messaging();
    await made.getToken();
    const callback = vi.fn(() => {
      throw new Error('theirs');
    });
    page.lpTag?.identities?.[0]?.(callback);
    await Promise.resolve();
    expect(callback).toHaveBeenCalledTimes(1);
    expect(reportError).toHaveBeenCalledTimes(1);
    expect(made.errors).toEqual([]);
    vi.unstubAllGlobals();
  });
});

it('refuses with the same error as the method', async () => {
  endpoint(() => answer('', 400));
  const made = messaging();
  const [identity, chat, own] = await Promise.all([ask(), call(), made.getToken().catch((error) => error)]);
  expect(identity).toEqual([null]);
  expect(chat).toEqual(failure);
  expect(own).toBeInstanceOf(BridgeError);
  expect(made.errors).toHaveLength(1);
});
