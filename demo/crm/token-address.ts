/**
 * Gives out access tokens for the Web API, as Entra does. The recipes' minimal sites ask here.
 *
 * @module
 */
import { Hono } from 'hono';

/** Not a secret: the contacts are invented, and only this machine reaches the CRM. */
const application = { client_id: 'demo', client_secret: 'demo' };

export function createTokenAddress(accessToken: string): Hono {
  return new Hono().post('/oauth2/v2.0/token', async (c) => {
    const form = await c.req.parseBody();
    const isRight =
      form.grant_type === 'client_credentials' &&
      form.client_id === application.client_id &&
      form.client_secret === application.client_secret;
    if (!isRight)
      return c.json(
        {
          error: 'invalid_client',
          error_description: 'AADSTS7000215: Invalid client secret provided.',
          error_codes: [7000215],
        },
        401,
      );
    const answer = { token_type: 'Bearer', expires_in: 3599, access_token: accessToken };
    return c.json(answer, 200, { 'Cache-Control': 'no-store' });
  });
}
