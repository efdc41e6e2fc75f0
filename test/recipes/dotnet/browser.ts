/**
 * A minimal browser for sessions: it keeps cookies, sends forms, and requests the token like the bridge.
 *
 * @module
 */
export interface Browser {
  open(path: string): Promise<string>;
  /** Sends the form on the site's page whose text contains `button`. */
  press(button: string): Promise<void>;
  post(path: string): Promise<number>;
  /** Asks for the token. Redirects are not followed. */
  ask(headers?: Record<string, string>): Promise<Asked>;
  /** Returns the Cookie header for the stored cookies. */
  cookie(): string;
}

export interface Asked {
  status: number;
  headers: Headers;
  token: string | undefined;
  error: string | undefined;
}

const asTheBridge = { 'Sec-Fetch-Site': 'same-origin', 'X-Requested-With': 'XMLHttpRequest' };

export function openBrowser(origin: string): Browser {
  const cookies = new Map<string, string>();
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const send = async (path: string, { headers = {}, ...init }: RequestInit = {}) => {
    const cookie = header();
    const response = await fetch(new URL(path, origin), {
      ...init,
      redirect: 'manual',
      headers: { ...(headers as Record<string, string>), ...(cookie && { Cookie: cookie }) },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  return {
    open: async (path) => (await send(path)).text(),
    async press(button) {
      const page = await (await send('/')).text();
      const form = page.split('<form ').find((part) => part.split('</form>')[0]?.includes(button));
      if (!form) throw new Error(`The page has no form with "${button}".`);
      const [, action = ''] = /action="([^"]+)"/.exec(form) ?? [];
      const fields = [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value.replaceAll('&#x27;', "'")],
      );
      const { status } = await send(action, { method: 'POST', body: new URLSearchParams(fields) });
      if (status !== 302) throw new Error(`${action} answered ${status}.`);
    },
    cookie: header,
    post: async (path) => (await send(path, { method: 'POST' })).status,
    async ask(headers = asTheBridge) {
      const response = await send('/live-assist/token', { headers });
      const text = await response.text();
      const { token, error } = text.startsWith('{') ? JSON.parse(text) : {};
      return { status: response.status, headers: response.headers, token, error };
    },
  };
}
