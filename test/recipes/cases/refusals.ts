/**
 * Refusals of Dynamics and answers of Entra, the token address.
 *
 * @module
 */
import { answers, endless, type Row } from './answer.js';
import { failed } from './outcome.js';

const dataverseRefusal = (code: string) =>
  answers(JSON.stringify({ error: { code, message: 'secret@example.com' } }), 403);
const refused = (code: string, remedy: RegExp): Row => [
  `403 with the number ${code}`,
  dataverseRefusal(code),
  failed(new RegExp(`: Dynamics answered 403 \\(${code}\\)\\. ${remedy.source}`)),
];

/** Refusals of Dynamics by their number. */
export const refusals = [
  refused('0x80072560', /Add the application user to this organisation\./),
  refused('0x80040225', /Enable the application user\./),
  refused('0x80095ffe', /Allow this server's address in the organisation's IP firewall\./),
  refused('0x80095ffc', /Allow the application in the organisation's access settings\./),
  refused('0x80040220', /Give the application user a role with Read on Contact\./),
  refused('0x80048306', /Give the application user's role Read on Contact at Organization level\./),
  refused('0x80099999', /Are the settings right, and may the application user read contacts\?/),
  [
    '403 with a number that is none',
    dataverseRefusal('ada@example.com'),
    failed(/: Dynamics answered 403\. Are /),
  ],
] satisfies Row[];

const entra = (number: number) =>
  answers(
    JSON.stringify({
      error: 'invalid_client',
      error_description: `AADSTS${number}: secret@example.com. Trace ID: 1`,
      error_codes: [number],
    }),
    401,
  );
const who = ': DYNAMICS_TOKEN_URL';

/** Answers of Entra, the token address. */
export const grants: Row[] = [
  ['a page', answers('<html>Sign in</html>'), failed(new RegExp(`${who} answered no JSON object\\. `))],
  ['no token', answers('{"expires_in":3599}'), failed(new RegExp(`${who} answered no access token\\. `))],
  [
    'a token that is a number',
    answers('{"access_token":7}'),
    failed(new RegExp(`${who} answered no access token\\. `)),
  ],
  [
    'a token with a line break',
    answers('{"access_token":"a\\r\\nX-A: b"}'),
    failed(new RegExp(`${who} answered no access token\\. `)),
  ],
  [
    'headers only',
    (response) => response.flushHeaders(),
    { status: 503, log: new RegExp(`${who} did not answer within 5 seconds\\. `) },
  ],
  ['without end', (response) => endless(response), failed(new RegExp(`${who} answered more than 1 MB\\. `))],
  ...(
    [
      [7000222, /The client secret has expired\. Make a new one\./],
      [7000215, /The client secret is wrong\. Set its value, not its id\./],
      [700016, /DYNAMICS_CLIENT_ID is not known in this tenant\./],
      [90002, /The tenant in DYNAMICS_TOKEN_URL does not exist\./],
      [500011, /DYNAMICS_URL is not known in this tenant\./],
      [999999, /Are the settings right, and may the application user read contacts\?/],
    ] as const
  ).map<Row>(([number, remedy]) => [
    `the refusal AADSTS${number}`,
    entra(number),
    failed(new RegExp(`${who} answered 401 \\(AADSTS${number}\\)\\. ${remedy.source}`)),
  ]),
];
