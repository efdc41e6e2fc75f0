import { createMinter } from 'live-assist-bridge/server';
import { describe, expect, it, vi } from 'vitest';
import { directly, id, overHttp, privateKey, testServerExamples } from './server-example-suite.js';

testServerExamples({
  node: async () => overHttp((await import('docs:node.ts')).server),
  hono: async () => directly((await import('docs:hono.ts')).app.fetch),
  next: async () => directly((await import('docs:next.ts')).GET),
  workers: async () => directly((await import('docs:workers.ts')).default.fetch),
});

describe('the documented example', () => {
  it('for a framework’s own session reads it from that request', async () => {
    const { sessionEndpoint } = await import('docs:express-session.ts');
    const mint = await createMinter({ privateKey, issuer: 'www.example.com' });
    const answerFor = (session: unknown) =>
      overHttp((req, res) => sessionEndpoint(mint)(Object.assign(req, { session }), res))('/', {});
    expect((await answerFor({ account: { contactId: id } })).status).toBe(200);
    expect((await answerFor(undefined)).status).toBe(401);
  });

  it('for Azure Key Vault mints with a key that stays there', async () => {
    vi.stubEnv('LIVE_ASSIST_KEY_ID', 'https://vault.example/keys/live-assist');
    const { mint } = await import('docs:keyvault.ts');
    expect((await mint({ id })).split('.')).toHaveLength(3);
  });
});
