/**
 * A small site around the token endpoint, using only Web APIs, so that every runtime can serve it.
 *
 * @module
 */
import {
  type Contact,
  createMinter,
  createTokenHandler,
  generateKeys,
  publicKeyValue,
  type TokenAnswer,
} from 'live-assist-bridge/server';
import { selfTest } from '../runtimes/self-test.js';

export const issuer = 'www.site.example';
export const allowedOrigin = 'https://shop.example';

export const visitors: Readonly<Record<string, Contact>> = {
  ada: { id: '{3F2504E0-4F89-41D3-9A0C-0305E82C3301}', givenName: 'Ada', familyName: 'Lovelace' },
  zoe: { id: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d', givenName: 'Zoë 🙂', familyName: '李' },
};

/** Says who is signed in, by cookie, Authorization header or form, so that a runtime must pass all three on. */
async function session(request: Request): Promise<string | undefined> {
  const cookie = /(?:^|; )session=(\w+)/.exec(request.headers.get('Cookie') ?? '')?.[1];
  const bearer = /^Bearer (\w+)$/.exec(request.headers.get('Authorization') ?? '')?.[1];
  if (cookie ?? bearer) return cookie ?? bearer;
  return request.method === 'POST' ? /session=(\w+)/.exec(await request.text())?.[1] : undefined;
}

export async function createSite() {
  const keys = await generateKeys();
  // As in an environment variable.
  const privateKey = `"${keys.privateKey.replaceAll('\n', '\\n')}"`;
  const answers: TokenAnswer[] = [];
  const token = createTokenHandler({
    mint: await createMinter({ privateKey, issuer }),
    visitor: async (request) => (await session(request)) ?? null,
    contact(name, { signal }) {
      if (name === 'slow')
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      if (name === 'broken') throw new Error('session=broken');
      return visitors[name] ?? null;
    },
    allowedOrigins: [allowedOrigin],
    timeout: 2000,
    onAnswer: (answer) => answers.push(answer),
    onError() {},
  });
  const publicKey = await publicKeyValue(keys.publicKey);

  /** The whole site: the token endpoint, the public key, the arguments of `onAnswer`, and the runtime's self-test. */
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === '/key') return new Response(publicKey);
    if (pathname === '/answers') return Response.json(answers);
    if (pathname === '/self-test') return Response.json(await selfTest());
    return token(request);
  };
  return { token, publicKey, answers, fetch };
}
