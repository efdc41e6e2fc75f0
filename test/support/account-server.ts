/**
 * Plays an account's services as LivePerson documents them, with the deviations of a test.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from './listen.js';

type Connector = Record<string, unknown> & { configuration: Record<string, unknown> };

/** An identity provider without faults. */
export function connector(publicKey: string, changed: Record<string, unknown> = {}): Connector {
  const { configuration, ...rest } = changed as { configuration?: Record<string, unknown> };
  return {
    id: 1234,
    type: 1,
    name: 'Site',
    deleted: false,
    ...rest,
    configuration: {
      jwtValidationType: 'PUBLIC_JWT_KEY',
      jwtPublicKey: publicKey,
      issuer: 'www.example.com',
      issuerDisplayName: 'Example',
      jsMethodName: 'authoriseChatWithCallback',
      jsContext: '',
      authorizationEndpoint: '',
      tokenEndpoint: '',
      clientId: '',
      jwksEndpoint: '',
      rfcCompliance: false,
      preferred: true,
      ...configuration,
    },
  };
}

export type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export const json =
  (value: unknown, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(value));
  };

export interface Answers {
  settings: Answer;
  /** Where the verifier is. @default 404 */
  host?: Answer | undefined;
  /** @default 404 */
  verifier?: Answer | undefined;
}

const missing: Answer = (_, response) => response.writeHead(404).end();

/** The services of the account 12345678. `answers` can be replaced while the server runs. */
export async function startAccount(first: Answers) {
  const services = { answers: first };
  const asked: { request: string; headers: IncomingMessage['headers']; body: string }[] = [];
  const paths: Record<string, () => Answer | undefined> = {
    'GET /api/account/12345678/configuration/le-connectors/all-connectors': () => services.answers.settings,
    'GET /api/account/12345678/service/idp/baseURI.json?version=1.0': () => services.answers.host,
    'POST /api/account/12345678/app/1234/authenticate?v=3.0': () => services.answers.verifier,
  };
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const request = `${incoming.method} ${incoming.url}`;
    asked.push({ request, headers: incoming.headers, body });
    (paths[request]?.() ?? missing)(incoming, response, body);
  });
  return Object.assign(services, await listen(server), { asked });
}
