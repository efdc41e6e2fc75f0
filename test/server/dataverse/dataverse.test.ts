import fc from 'fast-check';
import { createDataverseContacts } from 'live-assist-bridge/server';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Row, startDataverse } from './dataverse-server.js';

const crm = await startDataverse([]);
const contacts = createDataverseContacts({ url: crm.url, accessToken: () => 'valid' });

const guid = (number: number) => `3f2504e0-4f89-41d3-9a0c-${String(number).padStart(12, '0')}`;
const person = (number: number, columns: Partial<Row> = {}): Row => ({
  contactid: guid(number),
  firstname: 'Ada',
  lastname: 'Lovelace',
  statecode: 0,
  ...columns,
});
const ada = { id: guid(1), givenName: 'Ada', familyName: 'Lovelace' };

beforeEach(() => {
  crm.rows.splice(0);
  crm.requests.splice(0);
});
afterAll(() => crm.stop());

describe('a look-up by e-mail', () => {
  it('finds the active contact with that address', async () => {
    crm.rows.push(person(2, { emailaddress1: 'eve@site.example' }));
    crm.rows.push(person(1, { emailaddress1: 'ada@site.example' }));
    expect(await contacts.byEmail('ada@site.example')).toEqual(ada);
  });

  it('returns null for an address that nobody has', async () => {
    crm.rows.push(person(1, { emailaddress1: 'ada@site.example' }));
    expect(await contacts.byEmail('nobody@site.example')).toBeNull();
  });

  it.each([
    "o'brien@site.example",
    "''@site.example",
    "x' or emailaddress1 ne '@site.example",
    '100%41@site.example',
    'a#b@site.example',
    'a&$top=0@site.example',
    'a+b@site.example',
    'a b@site.example',
    'a=b?c/d\\e@site.example',
    '"a@b"@site.example',
    'jürgen@straße.example',
    'jürgen@site.example'.normalize('NFD'),
    '李@例え.jp',
    '🙂@site.example',
  ])('finds %s and none but that', async (address) => {
    crm.rows.push(person(1, { emailaddress1: address }), person(2, { emailaddress1: 'eve@site.example' }));
    expect(await contacts.byEmail(address)).toEqual(ada);
    expect(crm.requests[0]?.url.searchParams.get('$filter')).toBe(
      `emailaddress1 eq '${address.replaceAll("'", "''")}' and statecode eq 0`,
    );
  });

  it('finds any address', async () => {
    const address = fc.string({ unit: 'binary', minLength: 1 });
    await fc.assert(
      fc.asyncProperty(address, async (address) => {
        crm.rows.splice(0, 1, person(1, { emailaddress1: address }));
        expect(await contacts.byEmail(address)).toEqual(ada);
      }),
    );
  });

  it.each([
    ['ADA@Site.Example', 'ada@site.example'],
    ['ada@site.example', 'Ada@SITE.example'],
  ])('treats %s as %s', async (asked, stored) => {
    crm.rows.push(person(1, { emailaddress1: stored }));
    expect(await contacts.byEmail(asked)).toEqual(ada);
  });

  it.each([
    ['zoë@site.example', 'zoe@site.example'],
    ['zoe@site.example', 'zoë@site.example'],
    ['\u212Aarl@site.example', 'karl@site.example'], // the Kelvin sign
    ['karl@site.example', '\u212Aarl@site.example'],
    ['ﬁ@site.example', 'fi@site.example'],
    ['Zoë@site.example', 'ZOË@site.example'],
    ['ada@site.example', 'ada@site.example '],
    ['ada@site.example ', 'ada@site.example'],
  ])('does not treat %s as %s, though the database does', async (asked, stored) => {
    crm.rows.push(person(1, { emailaddress1: stored }));
    expect(await contacts.byEmail(asked)).toBeNull();
    expect(crm.requests).toHaveLength(1);
  });

  it('finds the right contact among addresses that the database treats as equal', async () => {
    crm.rows.push(person(2, { emailaddress1: 'zoe@site.example' }));
    crm.rows.push(person(1, { emailaddress1: 'zoë@site.example' }));
    expect(await contacts.byEmail('zoë@site.example')).toEqual(ada);
  });

  it('does not find an inactive contact', async () => {
    crm.rows.push(person(1, { emailaddress1: 'ada@site.example', statecode: 1 }));
    expect(await contacts.byEmail('ada@site.example')).toBeNull();
  });

  it('says that two contacts match, and which', async () => {
    crm.rows.push(person(1, { emailaddress1: 'ada@site.example' }));
    crm.rows.push(person(2, { emailaddress1: 'Ada@site.example' }));
    await expect(contacts.byEmail('ada@site.example')).rejects.toMatchObject({
      name: 'DataverseError',
      code: 'ambiguous',
      message: expect.stringMatching(new RegExp(`2 active contacts.*${guid(1)}, ${guid(2)}`)),
    });
  });

  it('leaves out names that the contact does not have', async () => {
    crm.rows.push(person(1, { emailaddress1: 'ada@site.example', firstname: null, lastname: undefined }));
    expect(await contacts.byEmail('ada@site.example')).toEqual({ id: guid(1) });
  });

  it('reads no more of a contact than it needs', async () => {
    await contacts.byEmail('ada@site.example');
    expect(crm.requests[0]?.url.searchParams.get('$select')).toBe(
      'contactid,firstname,lastname,emailaddress1',
    );
  });

  it.each(['', undefined, null, 7])('refuses to look for %j', async (address) => {
    await expect(contacts.byEmail(address as string)).rejects.toThrow(TypeError);
    await expect(contacts.byEmail(address as string)).rejects.toThrow(
      /^byEmail was called with an empty value\. Return null from contact/,
    );
    expect(crm.requests).toEqual([]);
  });

  it('returns null for half a surrogate pair, without a request', async () => {
    expect(await contacts.byEmail('ada\ud83d@site.example')).toBeNull();
    expect(crm.requests).toEqual([]);
  });
});

describe('a look-up by an external id', () => {
  const column = 'externaluseridentifier';

  it.each(['auth0|5f7c', "o'brien", '50% #1&2', '李'])('finds %s', async (value) => {
    crm.rows.push(person(1, { [column]: value }), person(2, { [column]: 'other' }));
    expect(await contacts.byExternalId(column, value)).toEqual(ada);
  });

  it('finds a whole number in a column of numbers', async () => {
    crm.rows.push(person(1, { new_customernumber: 1001 }), person(2, { new_customernumber: 1002 }));
    expect(await contacts.byExternalId('new_customernumber', 1001)).toEqual(ada);
  });

  it.each([
    ['abc', 'ABC'],
    ['abc', 'äbc'],
    ['abc', 'abc '],
  ])('does not treat %s as %s, though the database does', async (asked, stored) => {
    crm.rows.push(person(1, { [column]: stored }));
    expect(await contacts.byExternalId(column, asked)).toBeNull();
  });

  it('does not find an inactive contact', async () => {
    crm.rows.push(person(1, { [column]: 'auth0|5f7c', statecode: 1 }));
    expect(await contacts.byExternalId(column, 'auth0|5f7c')).toBeNull();
  });

  it('says that two contacts match', async () => {
    crm.rows.push(person(1, { [column]: 'same' }), person(2, { [column]: 'same' }));
    await expect(contacts.byExternalId(column, 'same')).rejects.toMatchObject({ code: 'ambiguous' });
  });

  it('selects each column once', async () => {
    crm.rows.push(person(1));
    expect(await contacts.byExternalId('lastname', 'Lovelace')).toEqual(ada);
  });

  it.each([
    '',
    ' ',
    'a b',
    'a,b',
    "a' or 'b",
    'a eq 1 or b',
    'statecode eq 0 or a',
    '1a',
    'a-b',
    'a/b',
    'ä',
    'a\n',
    7,
    [column],
  ])('refuses the column %j', async (wrong) => {
    await expect(contacts.byExternalId(wrong as string, 'x')).rejects.toThrow('not a logical name');
    expect(crm.requests).toEqual([]);
  });

  it.each([
    ['', /^byExternalId was called with an empty value\./],
    [undefined, /^byExternalId was called/],
    [null, /^byExternalId was called/],
    [true, /^byExternalId was called/],
    [1.5, /not a whole number/],
    [Number.NaN, /not a whole number/],
    [2 ** 53, /not a whole number/],
  ])('refuses the value %j', async (value, reason) => {
    const looking = contacts.byExternalId(column, value as string);
    await expect(looking).rejects.toThrow(TypeError);
    await expect(looking).rejects.toThrow(reason);
    expect(crm.requests).toEqual([]);
  });
});

describe('a look-up by GUID', () => {
  beforeEach(() => {
    crm.rows.push(person(1));
  });

  it.each([guid(1), guid(1).toUpperCase(), `{${guid(1).toUpperCase()}}`])('finds %s', async (id) => {
    expect(await contacts.byId(id)).toEqual(ada);
  });

  it('returns null for a GUID that no contact has', async () => {
    expect(await contacts.byId(guid(2))).toBeNull();
  });

  it('returns null for an inactive contact', async () => {
    crm.rows.splice(0, 1, person(1, { statecode: 1 }));
    expect(await contacts.byId(guid(1))).toBeNull();
  });

  it.each(['', '1001', 'ada@site.example', `${guid(1)})`, '00000000-0000-0000-0000-000000000000', undefined])(
    'refuses %j',
    async (id) => {
      await expect(contacts.byId(id as string)).rejects.toThrow(TypeError);
      expect(crm.requests).toEqual([]);
    },
  );
});

describe('an answer that is not about the question', () => {
  afterEach(() => {
    crm.faults.splice(0);
  });

  const answering = (body: unknown, type = 'application/json') =>
    crm.faults.push((response) => {
      response.writeHead(200, { 'Content-Type': type });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });

  it('is not believed when it shows another address', async () => {
    answering({ value: [person(1, { emailaddress1: 'eve@site.example' })] });
    expect(await contacts.byEmail('ada@site.example')).toBeNull();
  });

  it('is not believed when it shows no address, or another number', async () => {
    answering({ value: [person(1, { emailaddress1: null })] });
    expect(await contacts.byEmail('ada@site.example')).toBeNull();
    answering({ value: [person(1, { new_customernumber: 1002 })] });
    expect(await contacts.byExternalId('new_customernumber', 1001)).toBeNull();
  });

  it('is not repaired where it is not UTF-8', async () => {
    crm.faults.push((response) => {
      const body = JSON.stringify({ ...person(1), firstname: 'Zoë' });
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(Buffer.from(body, 'latin1'));
    });
    await expect(contacts.byId(guid(1))).rejects.toMatchObject({ code: 'unexpected-answer' });
  });

  it('is not believed when it shows another GUID', async () => {
    answering(person(2));
    await expect(contacts.byId(guid(1))).rejects.toMatchObject({
      code: 'unexpected-answer',
      message: expect.stringMatching(/^The answer does not come from Dataverse\. /),
    });
  });

  it.each([
    '<!doctype html><title>Sign in</title>',
    '',
    'null',
    '[]',
    '{}',
    '{"value":{}}',
    '{"value":[{"emailaddress1":"ada@site.example"}]}',
    '{"value":[{"emailaddress1":"ada@site.example","contactid":"1001"}]}',
    '{"value":[null]}',
  ])('is refused: %s', async (body) => {
    answering(body);
    await expect(contacts.byEmail('ada@site.example')).rejects.toMatchObject({ code: 'unexpected-answer' });
    answering(body);
    await expect(contacts.byId(guid(1))).rejects.toMatchObject({ code: 'unexpected-answer' });
  });
});
