import { createDataverseContacts, type DataverseOptions } from 'live-assist-bridge/server';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDataverse } from './dataverse-server.js';

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const crm = await startDataverse([{ contactid: id, firstname: 'Ada', lastname: 'Lovelace', statecode: 0 }]);
const ada = { id, givenName: 'Ada', familyName: 'Lovelace' };

beforeEach(() => {
  crm.requests.splice(0);
});
afterAll(() => crm.stop());

describe('a credential', () => {
  it('is asked for a token of the organisation', async () => {
    const credential = { getToken: vi.fn(async (_scope: string) => ({ token: 'valid' })) };
    const contacts = createDataverseContacts({ url: `${crm.url}/`, credential });
    expect(await contacts.byId(id)).toEqual(ada);
    expect(credential.getToken).toHaveBeenCalledExactlyOnceWith(`${crm.url}/.default`);
    expect(crm.requests[0]?.headers.authorization).toBe('Bearer valid');
  });

  it('keeps its own this', async () => {
    class Credential {
      #token = 'valid';
      async getToken() {
        return { token: this.#token };
      }
    }
    expect(await createDataverseContacts({ url: crm.url, credential: new Credential() }).byId(id)).toEqual(
      ada,
    );
  });

  it('is called once more after a 401', async () => {
    const credential = {
      getToken: vi.fn().mockResolvedValueOnce({ token: 'stale' }).mockResolvedValue({ token: 'valid' }),
    };
    expect(await createDataverseContacts({ url: crm.url, credential }).byId(id)).toEqual(ada);
    expect(credential.getToken).toHaveBeenCalledTimes(2);
  });

  it.each([null, {}, { token: '' }, { token: 'Bearer 5ecr3t' }])(
    'that returns %j is a TypeError without a request',
    async (token) => {
      const credential = { getToken: async () => token } as unknown as { getToken(): Promise<null> };
      const looking = createDataverseContacts({ url: crm.url, credential }).byId(id);
      await expect(looking).rejects.toThrow(TypeError);
      await expect(looking).rejects.not.toThrow('5ecr3t');
      expect(crm.requests).toEqual([]);
    },
  );

  it('and accessToken exclude each other', () => {
    const credential = { getToken: async () => ({ token: 'valid' }) };
    const both = { url: crm.url, credential, accessToken: () => 'valid' };
    // @ts-expect-error one of them
    expect(() => createDataverseContacts(both)).toThrow(/^Both credential and accessToken/);
    const neither = { url: crm.url };
    // @ts-expect-error one of them
    expect(() => createDataverseContacts(neither)).toThrow(/^credential is missing/);
  });

  it.each(['secret', null, {}, () => 'valid'])('cannot be %j', (credential) => {
    const options = { url: crm.url, credential } as unknown as DataverseOptions;
    expect(() => createDataverseContacts(options)).toThrow(/^credential has no getToken/);
  });
});

describe('a look-up whose signal aborts', () => {
  it('rejects with the signal’s reason, and its request ends', async () => {
    const client = new AbortController();
    const closed = new Promise((resolve) => {
      crm.faults.push((response) => {
        response.on('close', () => resolve('closed'));
        client.abort(new Error('The visitor left.'));
      });
    });
    const contacts = createDataverseContacts({ url: crm.url, accessToken: () => 'valid' });
    await expect(contacts.byId(id, { signal: client.signal })).rejects.toThrow('The visitor left.');
    expect(await closed).toBe('closed');
  });

  it('is not started if the signal has aborted before', async () => {
    const contacts = createDataverseContacts({ url: crm.url, accessToken: () => 'valid' });
    const signal = AbortSignal.abort(new Error('The visitor left.'));
    for (const looking of [
      contacts.byId(id, { signal }),
      contacts.byEmail('ada@site.example', { signal }),
      contacts.byExternalId('new_account', 'x', { signal }),
    ])
      await expect(looking).rejects.toThrow('The visitor left.');
    expect(crm.requests).toEqual([]);
  });
});
