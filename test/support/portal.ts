/**
 * A double of the token endpoint of Microsoft's portals, as their documentation and public portals show it.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { listen } from './listen.js';

export const portalContact = '1a2b3c4d-0000-4000-8000-00000000000a';

/** 15 minutes, in seconds. */
const life = 900;

/** With `isAntiForgeryRequired`, POST is refused without the header that the portal's own script sends. */
export async function createPortal({ isAntiForgeryRequired = false } = {}) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  const antiForgery = randomBytes(8).toString('hex');
  const tokens: string[] = [];

  async function mint(issuer: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({
      sub: portalContact,
      preferred_username: 'ada',
      given_name: 'Ada',
      family_name: 'Lovelace',
      email: 'ada@example.com',
      lp_sdes: [{ type: 'ctmrinfo', info: { cstatus: null, ctype: 'contact', customerId: portalContact } }],
    })
      .setProtectedHeader({ typ: 'JWT', alg: 'RS256' })
      .setIssuer(issuer)
      .setIssuedAt(now - 1)
      .setNotBefore(now)
      .setExpirationTime(now + life)
      .sign(privateKey);
    tokens.push(token);
    return token;
  }

  const answer: RequestListener = async (request, response) => {
    const { url = '', method = '', headers } = request;
    const issuer = String(headers.host).replace(/:\d+$/, '');
    response.setHeader('Cache-Control', 'no-cache, no-store');
    response.setHeader('Content-Type', 'text/plain; charset=utf-8');
    if (url === '/_services/auth/publickey') return response.end(await exportSPKI(publicKey));
    if (!/^\/_services\/auth\/token(\?|$)/.test(url)) return response.writeHead(404).end();
    if (!['GET', 'POST'].includes(method)) return response.writeHead(405).end();
    if (method === 'POST' && isAntiForgeryRequired && headers.__requestverificationtoken !== antiForgery)
      return response
        .writeHead(500)
        .end('The required anti-forgery form field "__RequestVerificationToken" is not present.');
    if (/(^|; )session=ada(;|$)/.test(headers.cookie ?? '')) return response.end(await mint(issuer));
    // A script's request is not redirected to the sign-in page.
    const location = '/SignIn?returnUrl=%2F_services%2Fauth%2Ftoken';
    if (headers['x-requested-with'] !== 'XMLHttpRequest')
      return response.writeHead(302, { Location: location }).end();
    response.setHeader('X-Responded-JSON', JSON.stringify({ status: 401, headers: { location } }));
    return response.end();
  };
  return { answer, antiForgery, tokens, publicKey: await exportSPKI(publicKey) };
}

/** Starts the double on a free port. */
export async function startPortal(options?: Parameters<typeof createPortal>[0]) {
  const portal = await createPortal(options);
  return { ...portal, ...(await listen(createServer(portal.answer))) };
}
