/**
 * Stands for what the README's server examples import from the reader's own project and from Azure.
 *
 * @module
 */

/** The visitor named in the cookie is signed in. */
export async function visitorOf(request: Request): Promise<{ verifiedEmail: string } | null> {
  const verifiedEmail = /visitor=([^;]+)/.exec(request.headers.get('Cookie') ?? '')?.[1];
  return verifiedEmail ? { verifiedEmail } : null;
}

/** What the example for OpenTelemetry has recorded. */
export const recorded: unknown[] = [];

export const metrics = {
  getMeter: () => ({
    createCounter: (name: string) => ({
      add: (value: number, attributes: object) => recorded.push([name, value, attributes]),
    }),
    createHistogram: (name: string) => ({
      record: (value: number, attributes: object) => recorded.push([name, value, attributes]),
    }),
  }),
};

export const trace = {
  getActiveSpan: () => ({ recordException: (error: unknown) => recorded.push(error) }),
};

export function useAzureMonitor(): void {
  recorded.push('Azure Monitor');
}

export class DefaultAzureCredential {
  async getToken(scope: string): Promise<{ token: string }> {
    return { token: /^https?:\/\/[^/]+\/\.default$/.test(scope) ? 'valid' : 'of another scope' };
  }
}

/** Signs with a local key, in place of the vault. */
export class CryptographyClient {
  readonly pair = crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      modulusLength: 2048,
      publicExponent: new Uint8Array([1, 0, 1]),
    },
    false,
    ['sign'],
  );

  async signData(algorithm: 'RS256', bytes: BufferSource): Promise<{ result: Uint8Array }> {
    if (algorithm !== 'RS256') throw new Error(`The vault was asked for ${algorithm}.`);
    const { privateKey } = await this.pair;
    return { result: new Uint8Array(await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, bytes)) };
  }
}
