import { createMinter } from 'live-assist-bridge/server';
import { describe, expect, it, vi } from 'vitest';
import { directly, id, overHttp, privateKey, testServerExamples } from './server-example-suite.js';

testServerExamples({
  node: async () => overHttp((await import('readme:node.js')).server),
  hono: async () => directly((await import('readme:hono.js')).app.fetch),
  next: async () => directly((await import('readme:next.js')).GET),
  workers: async () => directly((await import('readme:workers.js')).default.fetch),
});

describe('the README’s example', () => {
  it('for a framework’s own session reads it from that request', async () => {
    const { tokenEndpoint } = await import('readme:session.js');
    const mint = await createMinter({ privateKey, issuer: 'www.example.com' });
    const answerFor = (session: unknown) =>
      overHttp((req, res) => tokenEndpoint({ mint })(Object.assign(req, { session }), res))('/', {});
    expect((await answerFor({ contact: { id } })).status).toBe(200);
    expect((await answerFor(undefined)).status).toBe(401);
  });

  it('for Azure Key Vault mints with a key that stays there', async () => {
    vi.stubEnv('LIVE_ASSIST_KEY_ID', 'https://vault.example/keys/live-assist');
    const { mint } = await import('readme:keyvault.js');
    expect((await mint({ id })).split('.')).toHaveLength(3);
  });
});
