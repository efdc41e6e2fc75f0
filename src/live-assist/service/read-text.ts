/**
 * One field of a JSON body, trimmed; undefined when it is missing, empty or longer than 1000 characters.
 *
 * @module
 */
import type { Context } from 'hono';

export async function readPostedText(c: Context, field: string): Promise<string | undefined> {
  // Accepts only JSON, because a page of another origin cannot send it without a preflight.
  if (!c.req.header('content-type')?.startsWith('application/json')) return undefined;
  const body: unknown = await c.req.json().catch(() => undefined);
  const value = (body as Record<string, unknown> | undefined | null)?.[field];
  const text = typeof value === 'string' ? value.trim() : '';
  return text !== '' && text.length <= 1000 ? text : undefined;
}
