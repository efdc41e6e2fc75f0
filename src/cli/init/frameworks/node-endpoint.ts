/**
 * The token endpoint that `init` writes for Node: the part that Express and Next share.
 *
 * Types stand between « and », and are left out for JavaScript.
 *
 * @module
 */
export const nodeEndpoint = `import { readFile } from 'node:fs/promises';
«import type { IncomingMessage, ServerResponse } from 'node:http';
»import { createMinter, createTokenHandler, trialContact } from 'live-assist-bridge/server';

«/** Whatever your session knows of a signed-in visitor. */
type Account = { contactId: string };

»/**
 * REPLACE THE BODY. Who is signed in, by your own session? Return null if nobody is.
 *
 * What you return must end with the sign-in: what stays in the session after the sign-out belongs to the next visitor
 * of the same browser.
 */
async function signedIn(req«: IncomingMessage»)«: Promise<Account | null>» {
  void req;
  return null;
}

/**
 * REPLACE THE BODY. The visitor's contact in Dynamics, or null if there is none. createDataverseContacts() of
 * live-assist-bridge/server looks it up; docs/token-endpoint.md shows how. Use an e-mail address only if the visitor
 * has proven it. Otherwise a visitor who enters another address becomes another contact.
 */
async function findContact(account«: Account») {
  return { id: account.contactId };
}

const { LIVE_ASSIST_ISSUER, LIVE_ASSIST_PRIVATE_KEY_FILE, LIVE_ASSIST_TRIAL_CONTACT, NODE_ENV } = process.env;
// As Express does, a missing NODE_ENV counts as development. Next always sets it.
const isDevelopment = (NODE_ENV || 'development') === 'development';
if (LIVE_ASSIST_TRIAL_CONTACT && !isDevelopment)
  console.warn(\`LIVE_ASSIST_TRIAL_CONTACT is set, but NODE_ENV is \${NODE_ENV}, so it is ignored. Remove it there.\`);
let minter«: ReturnType<typeof createMinter> | undefined»;

async function openMinter() {
  try {
    if (!LIVE_ASSIST_ISSUER || !LIVE_ASSIST_PRIVATE_KEY_FILE)
      throw new Error('Set LIVE_ASSIST_ISSUER and LIVE_ASSIST_PRIVATE_KEY_FILE in the environment.');
    const privateKey = await readFile(LIVE_ASSIST_PRIVATE_KEY_FILE, 'utf8');
    return await createMinter({ privateKey, issuer: LIVE_ASSIST_ISSUER });
  } catch (error) {
    console.error(\`Live Assist token: \${error}\`);
    throw error;
  }
}

const tokenEndpoint = createTokenHandler({
  async mint(contact) {
    minter ??= openMinter();
    // After a failure, the next visitor tries again.
    minter.catch(() => {
      minter = undefined;
    });
    return (await minter)(contact);
  },
  async visitor(_request, req«: IncomingMessage») {
    const account = await signedIn(req);
    if (account) return { account };
    // For a trial on your own machine: guests become this contact, but only requests that come directly from here.
    const contactId = isDevelopment ? LIVE_ASSIST_TRIAL_CONTACT : undefined;
    const trial = trialContact({ contactId, request: req });
    return trial && { trial };
  },
  contact: async (visitor) => ('trial' in visitor ? visitor.trial : findContact(visitor.account)),
});

async function answer(req«: IncomingMessage», res«: ServerResponse») {
  const left = new AbortController();
  res.once('close', () => left.abort());
  const { method = '', url = '/' } = req;
  // Next's url may be /_next/data/…/token.json, which the endpoint refuses: a CDN would keep it.
  const request = new Request('http://localhost' + url, {
    // Any other method is answered with 405.
    method: /^(GET|POST|OPTIONS)$/.test(method) ? method : 'DELETE',
    headers: Object.entries(req.headers).map(([name, value])«: [string, string]» => [name, String(value)]),
    signal: left.signal,
  });
  const response = await tokenEndpoint(request, req);
  res.writeHead(response.status, Object.fromEntries(response.headers));
  res.end(await response.text());
}
`;

export const forLanguage = (code: string, isTypeScript: boolean) =>
  isTypeScript ? code.replace(/[«»]/g, '') : code.replace(/«[^»]*»/g, '');
