/**
 * Checks inside a runtime that no request can make: keys in all forms, and the look-up in the CRM.
 *
 * @module
 */
import { base64url, exportPKCS8, exportSPKI, generateKeyPair, jwtVerify } from 'jose';
import { createDataverseContacts, createMinter, publicKeyValue } from 'live-assist-bridge/server';

const issuer = 'www.site.example';
const contact = { id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301', givenName: 'Zoë' };

/** Returns the names of the checks that fail. */
export async function selfTest(): Promise<string[]> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const pem = await exportPKCS8(privateKey);
  const ec = await exportPKCS8((await generateKeyPair('ES256', { extractable: true })).privateKey);
  const contacts = (answer: (url: string) => Response | Promise<Response>) =>
    createDataverseContacts({
      url: 'https://contoso.crm4.dynamics.com',
      accessToken: () => 'valid',
      timeout: 200,
      fetch: async (url) => answer(url),
    });
  const row = {
    contactid: contact.id,
    firstname: 'Zoë',
    lastname: null,
    emailaddress1: "zoë.o'brien@Site.example",
  };

  const claims: Record<string, () => Promise<boolean>> = {
    'A token signed with a PEM verifies.': async () => {
      const token = await (await createMinter({ privateKey: pem, issuer }))(contact);
      return (await jwtVerify(token, publicKey, { issuer })).payload.given_name === 'Zoë';
    },
    'A token signed with a CryptoKey verifies.': async () => {
      const { privateKey, publicKey } = await generateKeyPair('RS256');
      const token = await (await createMinter({ privateKey, issuer }))(contact);
      return (await jwtVerify(token, publicKey)).payload.sub === contact.id;
    },
    'A token signed by a function verifies.': async () => {
      const sign = (bytes: Uint8Array) =>
        crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, Uint8Array.from(bytes));
      const token = await (await createMinter({ sign, issuer }))(contact);
      return (await jwtVerify(token, publicKey)).payload.sub === contact.id;
    },
    'The pasted value is one line.': async () =>
      /^MIIBIjANBgkq[\w+/]+=*$/.test(await publicKeyValue(await exportSPKI(publicKey))),
    'PKCS#1 is refused.': () => refused(pkcs1(pem), 'pkcs1'),
    'An EC key is refused.': () => refused(ec, 'not-rsa'),
    'A public key is refused.': async () => refused(await exportSPKI(publicKey), 'public-key'),
    'Half a key is refused.': () => refused(pem.slice(0, 600), 'damaged'),
    'An altered key is refused.': () => refused(altered(pem), 'damaged'),
    'Nothing is refused.': () => refused('', 'missing'),
    'A contact is found by e-mail.': async () => {
      const { byEmail } = contacts((url) =>
        Response.json({
          value: decodeURIComponent(url).includes("'Zoë.O''Brien@site.example'") ? [row] : [],
        }),
      );
      return (await byEmail("Zoë.O'Brien@site.example"))?.id === contact.id;
    },
    'A look-up ends in time.': async () =>
      (await code(contacts(() => new Promise(() => {})).byId(contact.id))) === 'timeout',
    'A connection that fails is told.': async () =>
      (await code(contacts(() => Promise.reject(new TypeError('fetch failed'))).byId(contact.id))) ===
      'network',
  };

  const failed: string[] = [];
  for (const [sentence, holds] of Object.entries(claims))
    if (!(await holds().catch(() => false))) failed.push(sentence);
  return failed;
}

const code = (failing: Promise<unknown>) => failing.then(String, (error) => error.code);

const refused = async (privateKey: string, expected: string) =>
  (await code(createMinter({ privateKey, issuer }))) === expected;

const armour = (label: string, base64: string) =>
  `-----BEGIN ${label}-----\n${base64}\n-----END ${label}-----`;
const body = (pem: string) => pem.replace(/-----.*?-----|\s/g, '');

/** The RSA key inside PKCS#8, which begins after 26 bytes. */
const pkcs1 = (pem: string) => {
  const bytes = Uint8Array.from(atob(body(pem)), (char) => char.charCodeAt(0)).slice(26);
  return armour('RSA PRIVATE KEY', base64url.encode(bytes).replaceAll('-', '+').replaceAll('_', '/'));
};

/** One character within the modulus. */
const altered = (pem: string) => {
  const base64 = body(pem);
  return armour(
    'PRIVATE KEY',
    `${base64.slice(0, 100)}${base64[100] === 'A' ? 'B' : 'A'}${base64.slice(101)}`,
  );
};
