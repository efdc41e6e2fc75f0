/**
 * The CRM answers as Dataverse's Web API does, as far as looking a contact up needs it.
 *
 * @module
 */
import { openContacts } from '../demo/crm/database.js';
import { createTokenAddress } from '../demo/crm/token-address.js';
import { createWebApi } from '../demo/crm/web-api.js';
import { test as base, expect } from './demo-test.js';

interface Answer {
  status: number;
  body: { value?: Record<string, unknown>[]; error?: { code: string; message: string } } & Record<
    string,
    unknown
  >;
}

const test = base.extend<{ get: (path: string, token?: string) => Promise<Answer> }>({
  async get({ browserName: _ }, use) {
    const contacts = openContacts(':memory:');
    const api = createWebApi(contacts, 'right');
    await use(async (path, token = 'right') => {
      const response = await api.request(`/api/data/v9.2/${path}`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      return { status: response.status, body: JSON.parse((await response.text()) || '{}') };
    });
    contacts.close();
  },
});

const where = (filter: string) => `contacts?$select=lastname&$filter=${encodeURIComponent(filter)}`;
const maya = '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01';

test('gives an access token to an application that knows the secret', async () => {
  const ask = (client_secret: string) =>
    createTokenAddress('right').request('/oauth2/v2.0/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'demo', client_secret }),
    });
  expect(await (await ask('demo')).json()).toMatchObject({ access_token: 'right', expires_in: 3599 });
  expect((await ask('wrong')).status).toBe(401);
});

test('requires a bearer token', async ({ get }) => {
  expect((await get('contacts', 'wrong')).status).toBe(401);
});

for (const [filter, found] of [
  ["emailaddress1 eq 'maya@example.com' and statecode eq 0", ['Okafor']],
  ["emailaddress1 eq 'MAYA@example.com'", ['Okafor', 'Okafor']],
  ["emailaddress1 eq 'p.o''brien@example.com'", ["O'Brien"]],
  ["lastname eq 'Łukasiewicz'", ['Łukasiewicz']],
  [`contactid eq ${maya}`, ['Okafor']],
  ["lastname eq 'x'' OR ''1'' = ''1'", []],
  ['telephone1 eq null', ['Okafor']],
] as const)
  test(`finds by ${filter}`, async ({ get }) => {
    const { status, body } = await get(where(filter));
    expect(status).toBe(200);
    expect(body.value?.map(({ lastname }) => lastname)).toEqual(found);
  });

for (const [filter, reason] of [
  ['', 'Syntax error at position 0'],
  ['lastname', 'Syntax error at position 0'],
  ["lastname eq 'x", 'Syntax error at position 0'],
  ["lastname eq 'x' and", 'Syntax error at position 16'],
  ["lastname eq 'x' or 1 eq 1", 'Syntax error at position 16'],
  ["lastname ne 'x'", 'Syntax error at position 0'],
  ["password eq 'x'", "Could not find a property named 'password'"],
  ['lastname eq 5', "'lastname' cannot be compared"],
  ["statecode eq '0'", "'statecode' cannot be compared"],
  ["lastname eq 'x'; DROP TABLE contacts", 'Syntax error at position 0'],
] as const)
  test(`refuses the filter "${filter}"`, async ({ get }) => {
    const { status, body } = await get(where(filter));
    expect(status).toBe(400);
    expect(body.error?.message).toContain(reason);
    expect((await get('contacts')).body.value).toHaveLength(5);
  });

test('answers one contact by its GUID, with what was selected', async ({ get }) => {
  const { body } = await get(`contacts(${maya.toUpperCase()})?$select=lastname,statecode`);
  expect(body).toMatchObject({ contactid: maya, lastname: 'Okafor', statecode: 0 });
  expect(body).not.toHaveProperty('emailaddress1');
});

test('says which contact, column or option it does not know', async ({ get }) => {
  const unknown = maya.replace('5f', '6f');
  expect(await get(`contacts(${unknown})`)).toMatchObject({
    status: 404,
    body: { error: { message: `Entity 'contact' With Id = ${unknown} Does Not Exist` } },
  });
  expect((await get('contacts(maya)')).status).toBe(400);
  expect((await get('contacts?$select=shoesize')).body.error?.message).toContain("'shoesize'");
  expect((await get('contacts?$orderby=lastname')).body.error?.message).toContain('$orderby');
  expect((await get('contacts?$top=many')).status).toBe(400);
  expect((await get('accounts')).status).toBe(404);
});
