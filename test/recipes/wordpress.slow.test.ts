/**
 * The WordPress plugin in the real WordPress: one site, and a network of two.
 *
 * @module
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import { generateKeys } from 'live-assist-bridge/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { type Answer, ask } from './ask.js';
import { ada, adasId, contacts, guid } from './cases/contacts.js';
import { otherMethods, otherPaths, otherWritings } from './cases/requests.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import { startWordPress, type WordPress } from './wordpress/start-wordpress.js';

const needs = { skipped: 'the plugin in a real WordPress', needs: 'wordpress, mariadb-server and php-mysql' };
const isThere =
  findCommand(['mariadbd'], ['--version'], needs) &&
  findCommand(
    ['php'],
    ['-r', 'exit(extension_loaded("mysqli") && is_file("/usr/share/wordpress/wp-load.php") ? 0 : 1);'],
    needs,
  );

const users = { bob: guid(2), carl: guid(3), eve: ada.emailaddress1, mallory: '' };
const endpoint = '/wp-admin/admin-ajax.php?action=live_assist_token';

/** Keeps cookies like a browser. */
function browser(site: () => WordPress, host = 'main.test') {
  const cookies = new Map<string, string>();
  const request = async (
    path: string,
    method = 'GET',
    form?: Record<string, string>,
    at = host,
  ): Promise<Answer> => {
    const headers: [string, string][] = [['Host', at]];
    if (cookies.size > 0)
      headers.push(['Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')]);
    const answer = await ask(site().url, path, method, headers, form && new URLSearchParams(form).toString());
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=\w+, \d+.\w+.(19|200)\d|max-age=0/i.test(line) || value === ' ') cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    request,
    async signIn(name: string) {
      await request('/wp-login.php');
      const { status, text } = await request('/wp-login.php', 'POST', { log: name, pwd: `${name}-pass` });
      expect(status, text).toBe(302);
    },
    async signOut() {
      const { text } = await request('/wp-login.php?action=logout');
      const [, nonce = ''] = /action=logout&(?:amp;)?_wpnonce=(\w+)/.exec(text) ?? [];
      expect((await request(`/wp-login.php?action=logout&_wpnonce=${nonce}`)).status).toBe(302);
    },
    /** A request to WordPress' REST API with the nonce that the user's own pages have. */
    async rest(route: string, form: Record<string, string>) {
      const { text: nonce } = await request('/wp-admin/admin-ajax.php?action=rest-nonce');
      return request(`/index.php?rest_route=${route}&_wpnonce=${nonce}`, 'POST', form);
    },
    async token(at?: string) {
      const { status, headers, body } = await request(endpoint, 'GET', undefined, at);
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        vary: 'Cookie, Authorization',
        'x-content-type-options': 'nosniff',
        'content-type': 'application/json',
      });
      expect(headers.expires).toBeUndefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
      return status === 200
        ? decodeJwt((body as { token: string }).token).sub
        : (body as { error: string }).error;
    },
  };
}

describe.skipIf(!isThere)('the plugin in a real WordPress', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-keys-'));
  let dataverse: DataverseDouble;
  let constants: Record<string, string>;

  beforeAll(async () => {
    dataverse = await startDataverse(contacts);
    const { privateKey } = await generateKeys();
    writeFileSync(join(folder, 'private_key.pem'), privateKey);
    constants = {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: join(folder, 'private_key.pem'),
      DYNAMICS_URL: dataverse.url,
      DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
      DYNAMICS_CLIENT_ID: dataverse.clientId,
      DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
    };
  });
  beforeEach(() => {
    dataverse.asked = [];
    dataverse.fault = undefined;
  });
  afterAll(async () => {
    await dataverse?.stop();
    rmSync(folder, { recursive: true });
  });

  describe('with one site', () => {
    let site: WordPress;
    beforeAll(async () => {
      site = await startWordPress('single', users, constants);
    }, 300_000);
    afterAll(() => site?.cleanUp());
    const open = () => browser(() => site);

    it('gives a guest no token, and gives each user their own token while they are signed in', async () => {
      const visitor = open();
      expect(await visitor.token()).toBe('signed-out');
      await visitor.signIn('bob');
      expect(await visitor.token()).toBe(users.bob);
      await visitor.signOut();
      expect(await visitor.token()).toBe('signed-out');
      await visitor.signIn('carl');
      expect(await visitor.token()).toBe(users.carl);
      await visitor.signOut();
      await visitor.signIn('mallory');
      expect(await visitor.token()).toBe('signed-out');
    });

    it('gives no token to a subscriber who enters somebody else’s address', async () => {
      const mallory = open();
      await mallory.signIn('mallory');
      const changed = await mallory.rest('/wp/v2/users/me', { email: ada.emailaddress1 });
      expect(changed.body).toMatchObject({ email: ada.emailaddress1 });
      expect(await mallory.token()).toBe('signed-out');
      expect(dataverse.asked).toEqual([]);
    });

    it('takes no address where the settings say that there is a GUID', async () => {
      const eve = open();
      await eve.signIn('eve');
      expect(await eve.token()).toBe('signed-out');
      expect(site.log()).toContain('Live Assist token: The user meta key of the settings holds an address');
      expect(site.log()).not.toContain(ada.emailaddress1);
      expect(dataverse.asked).toEqual([]);
    });

    it.each(['_dynamics_contact_id', 'dynamics_contact_id'])(
      'does not let a subscriber write %s',
      async (key) => {
        const mallory = open();
        await mallory.signIn('mallory');
        await mallory.rest('/wp/v2/users/me', { [`meta[${key}]`]: adasId });
        const { text } = await mallory.request('/wp-admin/profile.php');
        const [, nonce = ''] = /name="_wpnonce" value="(\w+)"/.exec(text) ?? [];
        const [, id = ''] = /name="user_id"[^>]*value="(\d+)"/.exec(text) ?? [];
        await mallory.request('/wp-admin/profile.php', 'POST', {
          ...{ _wpnonce: nonce, user_id: id, from: 'profile', action: 'update', nickname: 'mallory' },
          ...{ email: 'mallory@example.com', [key]: adasId, [`meta[${key}]`]: adasId },
        });
        expect(await mallory.token()).toBe('signed-out');
      },
    );

    it.each(otherMethods)('answers 405 to %s, with the same headers', async (method) => {
      const visitor = open();
      const { status, headers } = await visitor.request(endpoint, method);
      expect(status).toBe(405);
      expect(headers).toMatchObject({ 'cache-control': 'no-store', allow: 'GET, POST' });
    });

    it.each(otherPaths)('gives no token if its path is followed by %s', async (added) => {
      const visitor = open();
      await visitor.signIn('bob');
      const { status, text } = await visitor.request(endpoint.replace('.php?', `.php${added}?`));
      expect(status).not.toBe(200);
      expect(text).not.toContain('eyJ');
    });

    it.each(otherWritings)('gives no token if its path is written %s', async (_, write) => {
      const visitor = open();
      await visitor.signIn('bob');
      const [path = '', query] = endpoint.split('?');
      const { status, text } = await visitor.request(`${write(path)}?${query}`);
      expect(status).not.toBe(200);
      expect(text).not.toContain('eyJ');
    });

    it('keeps the access token encrypted in its database, and asks once', async () => {
      const visitor = open();
      await visitor.signIn('bob');
      dataverse.revoke();
      for (const grants of [1, 1]) {
        expect(await visitor.token()).toBe(users.bob);
        expect(dataverse.asked.filter((path) => path.includes('/oauth2/'))).toHaveLength(grants);
      }
    });

    it('answers 500 without an HTML page if Dynamics sends without end', async () => {
      const visitor = open();
      await visitor.signIn('bob');
      dataverse.fault = (response) => {
        const send = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65536, ' ')));
        };
        response.on('drain', send).on('error', () => undefined);
        send();
      };
      expect(await visitor.token()).toBe('failed');
    });

    it('prints one script tag with the endpoint and a name for the visitor', async () => {
      const visitor = open();
      const tag = async () =>
        /<script [^>]*live-assist-bridge[^>]*>/.exec((await visitor.request('/')).text)?.[0] ?? '';
      const named = async () => / data-visitor="([^"]*)"/.exec(await tag())?.[1];
      expect(await tag()).toContain(` data-token-endpoint="${endpoint}"`);
      expect(await named()).toBe('');
      await visitor.signIn('bob');
      const bob = await named();
      expect(bob).toMatch(/^\w{16}$/);
      await visitor.signOut();
      expect(await named()).toBe('');
      await visitor.signIn('carl');
      expect(await named()).toMatch(/^\w{16}$/);
      expect(await named()).not.toBe(bob);
      const [, file = ''] = / src='([^']*)'/.exec(await tag()) ?? [];
      expect((await visitor.request(file.replace('http://main.test', ''))).text).toContain(
        'liveAssistBridge',
      );
    });

    it('shows its settings to an administrator alone, and says what is wrong', async () => {
      const bob = open();
      await bob.signIn('bob');
      expect((await bob.request('/wp-admin/options-general.php?page=live-assist')).status).toBe(403);
      const owner = open();
      await owner.signIn('owner');
      const page = await owner.request('/wp-admin/options-general.php?page=live-assist');
      expect(page.text).toContain('Defined in wp-config.php.');
      expect(page.text).not.toContain(dataverse.clientSecret);
      const check = async () => {
        const nonces = [...page.text.matchAll(/name="_wpnonce" value="(\w+)"/g)].map(
          ([, nonce]) => nonce ?? '',
        );
        const { text } = await owner.request('/wp-admin/options-general.php?page=live-assist', 'POST', {
          live_assist_check: 'Check now',
          _wpnonce: nonces.at(-1) ?? '',
        });
        return /<div class="notice notice-info"><p>(.*?)<\/p>/.exec(text)?.[1];
      };
      expect(await check()).toBe(
        'Everything works: the key signs, and Dynamics answers the look-up of a contact.',
      );
      dataverse.fault = (response) =>
        response.writeHead(403).end('{"error":{"code":"0x80072560","message":"x"}}');
      expect(await check()).toBe(
        'Dynamics answered 403 (0x80072560). Add the application user to this organisation.',
      );
    });
  });

  describe.each([
    ['a meta key that users can write', '', 'init'],
    ['a meta key of a subtype that users can write', "'object_subtype' => 'user', ", 'init'],
    ['a meta key that is registered when REST starts', '', 'rest_api_init'],
  ])('with %s', (_, subtype, hook) => {
    let site: WordPress;
    beforeAll(async () => {
      const rest = (key: string) =>
        `register_meta('user', '${key}', [${subtype}'type' => 'string', 'single' => true, 'show_in_rest' => true, 'auth_callback' => '__return_true']);`;
      site = await startWordPress(
        'single',
        users,
        constants,
        `add_action('${hook}', function () { ${rest('dynamics_contact_id')} ${rest('_dynamics_contact_id')} });
        // As if the settings named a contact method, or a field of WooCommerce's checkout.
        if (isset($_GET['method'])) {
          add_filter('user_contactmethods', fn ($methods) => [...$methods, '_crm' => 'CRM']);
          add_filter('pre_option_live_assist_token', fn () => ['LIVE_ASSIST_META_KEY' => '_crm']);
          add_filter('get_user_metadata', fn ($value, $user, $key) => $key === '_crm' ? ['${adasId}'] : $value, 10, 3);
        }
        if (isset($_GET['woo'])) {
          add_filter('pre_option_live_assist_token', fn () => ['LIVE_ASSIST_META_KEY' => '_wc_other/site/contact']);
          add_filter('get_user_metadata', fn ($value, $user, $key) => $key === '_wc_other/site/contact' ? ['${adasId}'] : $value, 10, 3);
        }`,
      );
    }, 300_000);
    afterAll(() => site?.cleanUp());

    it('gives nobody a token, and says so in the log', async () => {
      const mallory = browser(() => site);
      await mallory.signIn('mallory');
      const changed = await mallory.rest('/wp/v2/users/me', { 'meta[_dynamics_contact_id]': adasId });
      expect(changed.text).toContain(adasId);
      expect(await mallory.token()).toBe('signed-out');
      expect(site.log()).toContain('Live Assist token: Users can write the user meta key of the settings.');
    });

    it('gives nobody a token for what customers enter in a field of WooCommerce’s checkout', async () => {
      const bob = browser(() => site);
      await bob.signIn('bob');
      const { status, text } = await bob.request(`${endpoint}&woo=1`);
      expect([status, text]).toEqual([401, '{"error":"signed-out"}']);
    });

    it('gives nobody a token for a contact method, which users write in their profile', async () => {
      const bob = browser(() => site);
      await bob.signIn('bob');
      const { status, text } = await bob.request(`${endpoint}&method=1`);
      expect([status, text]).toEqual([401, '{"error":"signed-out"}']);
    });
  });

  describe('with addresses that the site has proven', () => {
    let site: WordPress;
    beforeAll(async () => {
      site = await startWordPress(
        'single',
        { bob: 'bob@example.com', mallory: 'mallory@example.com' },
        { ...constants, LIVE_ASSIST_META_HOLDS: 'address' },
      );
    }, 300_000);
    afterAll(() => site?.cleanUp());

    it('uses an address only until the user changes it', async () => {
      const mallory = browser(() => site);
      await mallory.signIn('mallory');
      expect(await mallory.token()).toBe('no-contact');
      await mallory.rest('/wp/v2/users/me', { email: ada.emailaddress1 });
      expect(await mallory.token()).toBe('signed-out');
    });
  });

  describe('with a network of two sites', () => {
    let site: WordPress;
    beforeAll(async () => {
      site = await startWordPress('multi', users, constants);
    }, 300_000);
    afterAll(() => site?.cleanUp());

    it('gives a token on the sites that the user is a member of, and on no other', async () => {
      for (const [name, main, second] of [
        ['bob', users.bob, users.bob],
        ['carl', users.carl, 'signed-out'],
      ] as const) {
        const visitor = browser(() => site);
        await visitor.signIn(name);
        expect(await visitor.token()).toBe(main);
        expect(await visitor.token('second.main.test')).toBe(second);
      }
    });

    it('lets the network’s administrator alone change the settings, not the one of a single site', async () => {
      const page = '/wp-admin/options-general.php?page=live-assist';
      const form = { option_page: 'live_assist', action: 'update' };
      const [owner, mallory] = ['owner', 'mallory'].map(() => browser(() => site, 'second.main.test'));
      await owner?.signIn('owner');
      await mallory?.signIn('mallory');
      expect(await owner?.request(page)).toMatchObject({ status: 200 });
      expect(await mallory?.request('/wp-admin/options-general.php')).toMatchObject({ status: 200 });
      expect(await mallory?.request(page)).toMatchObject({ status: 403 });
      const saved = await mallory?.request('/wp-admin/options.php', 'POST', form);
      expect(saved).toMatchObject({ status: 403, text: expect.stringContaining('not allowed to manage') });
    });
  });
});
