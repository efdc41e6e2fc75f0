/**
 * What the statuses of the token endpoint and of Live Assist mean.
 *
 * @module
 */
import type { CodeExplanation } from '../../diagnosis/codes/code-explanation.js';

export const statusCodes = {
  '204': {
    why: 'the token endpoint answers the preflight (OPTIONS) of an allowed origin.',
    do: 'nothing.',
  },
  '302': {
    why: 'the token endpoint redirects, usually to a sign-in page. The bridge does not follow redirects. 301, 303, 307 and 308 mean the same.',
    do: 'answer guests with 401. Otherwise use the final address: https, `www`, trailing slash.',
  },
  '304': {
    why: 'the token endpoint says that the answer is as before, so browsers keep tokens.',
    do: 'remove ETag and Last-Modified from its answers, and send `Cache-Control: no-store`.',
  },
  '401': {
    why: 'the token endpoint sees no signed-in visitor. If Live Assist answers 401 in chat, with internalCode 10, it refused the token.',
    do: 'nothing for a guest. For the endpoint see the code `signed-out`, for Live Assist the code 10.',
  },
  '403': {
    why: 'the token endpoint refuses the visitor or the page. The `error` in its answer is `no-contact` or `foreign-origin`; without it, something in front of the endpoint refused.',
    do: 'see these codes, or read the log of the firewall and the CSRF protection.',
  },
  '404': {
    why: 'there is nothing at this address, or its path looks like a file (`not-found`).',
    do: 'check the path, and that the route is deployed.',
  },
  '405': {
    why: 'the endpoint does not take this HTTP method.',
    do: 'set `httpMethod` of the bridge to GET or POST.',
  },
  '429': {
    why: 'the token endpoint, or Dynamics behind it, received too many requests.',
    do: 'raise the limit: every visitor who opens a chat asks once. For Dynamics see the code `throttled`.',
  },
  '499': {
    why: 'the visitor left before the answer was ready. Only logs and `onAnswer` show this status.',
    do: 'nothing for single cases. If there are many, make the endpoint faster.',
  },
  '500': {
    why: 'the token endpoint failed. If Live Assist answers 500 in messaging, with the code 9007, it refused the token.',
    do: "read the server's log. For Live Assist see the code 9007.",
  },
  '502': {
    why: 'a proxy in front of the token endpoint got no proper answer from it. 504 means the same.',
    do: "read the log of the proxy, and check that the server runs. Let the proxy wait longer than the endpoint's `timeout`.",
  },
  '503': {
    why: "the endpoint's own `timeout` has passed, or the server is overloaded or down.",
    do: "see the code `timeout`. Without that word in the answer, read the server's log.",
  },
  '4401': {
    why: 'the token has expired. Messaging closes its socket with this code and calls the method on the page again.',
    do: 'nothing, if the chat goes on. If it comes again at once, sign a new token for every request and check the clock of the server.',
  },
} as const satisfies Readonly<Record<string, CodeExplanation>>;

/** Statuses that mean the same as another one. */
export const sameStatus: Readonly<Record<string, keyof typeof statusCodes>> = {
  '301': '302',
  '303': '302',
  '307': '302',
  '308': '302',
  '504': '502',
};
