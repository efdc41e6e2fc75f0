/**
 * Loads a page and its files within limits of number, size and time.
 *
 * @module
 */
import type { LoadedFile } from '../../diagnosis/page/tag-file.js';
import { connectionFailure } from './connection-failure.js';

/** The limits for the page and its files together. */
export const limits = { files: 20, bytes: 2_000_000, milliseconds: 10_000 } as const;

/** Why a page or a file was not loaded: a failure of the connection in words, or one of the limits. */
export interface NotLoaded {
  problem: 'timeout' | 'too-long' | 'redirects' | 'connection';
  reason: string;
}

export interface PageLoader {
  page(): Promise<LoadedFile | NotLoaded>;
  file(url: URL): Promise<LoadedFile | NotLoaded | undefined>;
}

/** `headers` are sent only to the origin of `url`, also after a redirect. */
export function createPageLoader(url: URL, headers: Headers, proxy: string | undefined): PageLoader {
  const signal = AbortSignal.timeout(limits.milliseconds);
  const files = new Map<string, Promise<LoadedFile | NotLoaded>>();

  async function load(from: URL, navigates: boolean): Promise<LoadedFile | NotLoaded> {
    let at = from;
    for (let redirects = 0; redirects <= 5; redirects++) {
      const sent = new Headers(at.origin === url.origin ? headers : {});
      if (navigates) {
        sent.set('Sec-Fetch-Dest', 'document');
        if (!sent.has('Accept')) sent.set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8');
      } else sent.set('Sec-Fetch-Dest', 'script');
      try {
        const response = await fetch(at, { headers: sent, redirect: 'manual', cache: 'no-store', signal });
        const location = response.headers.get('location');
        if ([301, 302, 303, 307, 308].includes(response.status) && location && URL.canParse(location, at)) {
          await response.body?.cancel();
          at = new URL(location, at);
          if (!/^https?:$/.test(at.protocol))
            return { problem: 'connection', reason: `it redirects to ${at.protocol}` };
          continue;
        }
        const bytes = await readBytes(response);
        if (!bytes) return { problem: 'too-long', reason: `it is larger than ${limits.bytes / 1e6} MB` };
        return { url: at, status: response.status, headers: response.headers, bytes };
      } catch (error) {
        const { kind, reason } = connectionFailure(error);
        if (kind === 'timeout')
          return {
            problem: 'timeout',
            reason: `it did not arrive within ${limits.milliseconds / 1000} seconds`,
          };
        return {
          problem: 'connection',
          reason: `${reasonOf(kind, reason)}${proxy ? `. ${proxy} is set here, and this command does not use a proxy` : ''}`,
        };
      }
    }
    return { problem: 'redirects', reason: 'it redirects more than five times' };
  }

  return {
    page: () => load(url, true),
    async file(address) {
      const known = files.get(address.href);
      if (!known && files.size >= limits.files) return undefined;
      const loading = known ?? load(address, false);
      files.set(address.href, loading);
      return loading;
    },
  };
}

function reasonOf(kind: ReturnType<typeof connectionFailure>['kind'], reason: string): string {
  return kind === 'certificate' ? `its TLS certificate is refused (${reason})` : reason;
}

/** Reads the body, or returns undefined if it exceeds the limit. */
async function readBytes(response: Response): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    length += part.value.length;
    if (length > limits.bytes) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(part.value);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
