import { createTokenHandler } from 'live-assist-bridge/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { recorded } from '../docs/readers-own.js';

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const request = () => new Request('https://www.example.com/live-assist/token');
const options = { mint: async () => 'a.b.c', contact: () => ({ id, givenName: 'Ada' }) };

beforeEach(() => {
  recorded.splice(0);
});

describe('the example of docs/operations.md', () => {
  it('for OpenTelemetry counts every answer and records every error, without the contact', async () => {
    const { onAnswer, onError } = await import('docs:opentelemetry.js');
    const error = new Error('down');
    const fail = () => Promise.reject(error);
    await createTokenHandler({ ...options, visitor: () => 'ada', onAnswer, onError })(request());
    await createTokenHandler({ ...options, visitor: fail, onAnswer, onError })(request());
    expect(recorded).toEqual([
      ['live_assist.answers', 1, { status: 200, refusal: 'none' }],
      ['live_assist.duration', expect.any(Number), { status: 200 }],
      error,
      ['live_assist.answers', 1, { status: 500, refusal: 'failed' }],
      ['live_assist.duration', expect.any(Number), { status: 500 }],
    ]);
    expect(JSON.stringify(recorded)).not.toContain(id);
  });

  it('for Application Insights starts Azure Monitor', async () => {
    await import('docs:application-insights.js');
    expect(recorded).toEqual(['Azure Monitor']);
  });

  it('for an audit writes one line without a name', async () => {
    const { onAnswer } = await import('docs:audit.js');
    const write = vi.spyOn(console, 'log').mockReturnValue();
    await createTokenHandler({ ...options, visitor: () => 'ada', onAnswer })(request());
    const [[line = ''] = []] = write.mock.calls;
    write.mockRestore();
    expect(JSON.parse(line)).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      event: 'live-assist',
      status: 200,
      contactId: id,
      milliseconds: expect.any(Number),
    });
    expect(line).not.toContain('Ada');
  });
});
