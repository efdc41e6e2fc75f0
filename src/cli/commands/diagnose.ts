/**
 * `diagnose`: says what is wrong with a token, an answer, a token endpoint or a page.
 *
 * @module
 */

import { isOrigin } from '../../contract/origins.js';
import { explainCode } from '../../diagnosis/codes/explain-code.js';
import { type Examination, examine } from '../../diagnosis/examine.js';
import { byLevel } from '../../diagnosis/findings/finding.js';
import { looksLikePath } from '../../key/read/looks-like-path.js';
import type { Command, ExitCode } from '../command.js';
import { withKeyFileRemedy } from '../input/key-file.js';
import { parseOptions } from '../input/parse-options.js';
import { readHeaders } from '../input/read-headers.js';
import { readFileText, readStandardInput, readTextOrFile } from '../input/read-text.js';
import { requireNumber } from '../input/require-setting.js';
import { codeText } from '../output/code-text.js';
import { findingsReport } from '../output/findings-report.js';
import type { Terminal } from '../output/terminal.js';
import { createEndpoint } from '../probe/ask-endpoint.js';
import { createContactCheck } from '../probe/check-contact.js';
import { examineEndpoint } from '../probe/examine-endpoint.js';
import { examinePage } from '../probe/examine-page.js';
import { proxyFor } from '../probe/proxy-for.js';
import { UsageError } from '../usage-error.js';

const forUrls = {
  header: { type: 'string', multiple: true },
  'other-header': { type: 'string', multiple: true },
  'http-method': { type: 'string' },
  origin: { type: 'string' },
  timeout: { type: 'string' },
} as const;

const options = {
  ...forUrls,
  'public-key': { type: 'string' },
  issuer: { type: 'string' },
  'token-field': { type: 'string' },
  dynamics: { type: 'string' },
  page: { type: 'string' },
  decode: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

const operand = 'FILE|URL|-';

export const diagnose: Command = {
  summary: 'says what is wrong with a token or its endpoint, and what to change',
  help: `Usage: live-assist-bridge diagnose ${operand} [OPTIONS]
       live-assist-bridge diagnose CODE

Says what is wrong with a token, and what to change. A FILE holds the token or
a saved answer (also with its headers, as curl -i prints it); - reads the same
from standard input; a URL is asked as the bridge would ask it. Tokens never go
on the command line. A CODE of the bridge or of Live Assist, such as signed-out
or 9007, is explained.

  --public-key TEXT|@FILE   the text pasted as JWT Public Key, as it stands. The
                            key file is another text; this makes that of it:
                            config public_key.pem --value > pasted.txt
  --issuer TEXT             the text entered as JWT Issuer, as it stands
  --token-field PATH        where the token is in a JSON answer (default: token)
  --dynamics URL            looks the contact up in that Dynamics organisation,
                            with the access token in DATAVERSE_TOKEN
  --page URL                examines a page with the chat instead: the tag, its
                            file, the Content-Security-Policy, preloads, caches.
                            --header is sent to the origin of the page alone
  --decode                  shows what the token says, names included
  --json                    prints the findings as JSON

With a URL:
  --header TEXT|@FILE       "Name: value", like the Cookie of a signed-in
                            visitor; may be repeated. A file holds one a line
  --other-header @FILE      that of another visitor, to compare the two tokens
  --http-method METHOD      GET or POST (default: GET)
  --origin ORIGIN           the site's origin, if the endpoint is on another
  --timeout MILLISECONDS    for each request (default: 8000, as in the bridge)

Exit code: 0 nothing but notes, 1 errors or warnings, 2 not understood.

Example:
  live-assist-bridge diagnose https://www.example.com/live-assist/token \\
    --header @cookie.txt --public-key @pasted.txt --issuer www.example.com
`,
  async run(args, terminal) {
    const { values, operands } = parseOptions('diagnose', args, options, [operand], ['page']);
    if (values.json && values.decode)
      throw new UsageError('--json prints the findings alone, --decode the claims. Give one of them.');
    const subject = operands[operand];
    const explained = explainCode(subject);
    if (explained) {
      terminal.stdout.write(
        values.json ? `${JSON.stringify(explained, null, 2)}\n` : codeText(explained, terminal),
      );
      return 0;
    }
    if (values.page !== undefined) {
      refuseBesidePage(subject, values);
      const headers = await readHeaders(values.header);
      const url = new URL(requireUrl(values.page, 'a page'));
      const examination = await examinePage({ url, headers, proxy: proxyFor(url, terminal.env) });
      return print(examination, values, terminal);
    }
    const given = {
      publicKey: values['public-key'] && (await readPublicKey(values['public-key'])),
      issuer: values.issuer,
      tokenField: values['token-field'] ?? 'token',
      origin: values.origin && requireOrigin(values.origin),
    };
    const checkContact = values.dynamics && createContactCheck(values.dynamics, terminal.env.DATAVERSE_TOKEN);

    let examination: Examination;
    if (/^[a-z]+:\/\//i.test(subject)) {
      const endpoint = createEndpoint({
        url: requireUrl(subject, 'a token endpoint'),
        method: requireHttpMethod(values['http-method']),
        headers: await readHeaders(values.header),
        otherHeaders: values['other-header'] && (await readHeaders(values['other-header'])),
        proxy: proxyFor(new URL(requireUrl(subject, 'a token endpoint')), terminal.env),
        timeout: requireNumber('timeout', values.timeout ?? '8000', 'milliseconds', 100, 60_000),
      });
      const sameOrigin = given.origin === new URL(subject).origin;
      examination = await examineEndpoint(endpoint, { ...given, ...(sameOrigin && { origin: undefined }) });
    } else {
      // First, as it knows an address that lacks its https://.
      const text = subject === '-' ? undefined : await readFileText(subject, operand);
      refuseOptionsForUrls(values);
      examination = await examine(text ?? (await readStandardInput(terminal)), given);
    }
    const findings = [
      ...withKeyFileRemedy(examination.findings, values['public-key'], given.publicKey),
      ...(checkContact ? await checkContact(examination.payload) : []),
    ].sort(byLevel);

    return print({ ...examination, findings }, values, terminal);
  },
};

function print(
  examination: Examination,
  { json, decode = false }: { json?: boolean; decode?: boolean },
  terminal: Terminal,
): ExitCode {
  const { findings } = examination;
  terminal.stdout.write(
    json ? `${JSON.stringify(findings, null, 2)}\n` : findingsReport(examination, { decode }, terminal),
  );
  return findings.some(({ level }) => level !== 'note') ? 1 : 0;
}

async function readPublicKey(given: string): Promise<string> {
  if (!given.startsWith('@') && looksLikePath(given))
    throw new UsageError(
      '--public-key takes the text as it was pasted. For a file that holds it, write @ before its name: --public-key @pasted.txt. Of a PEM file, config FILE --value prints that text.',
    );
  return readTextOrFile(given, '--public-key');
}

/** A page has no token of its own, and its files are asked for as a browser does. */
function refuseBesidePage(subject: string, values: Record<string, unknown>): void {
  if (subject) throw new UsageError(`--page examines a page in place of a ${operand}. Give one of them.`);
  const name = Object.keys(options).find(
    (name) => name in values && !['page', 'header', 'json'].includes(name),
  );
  if (name) throw new UsageError(`--${name} does not go with --page. Leave it out.`);
}

function requireUrl(text: string, what: 'a token endpoint' | 'a page'): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new UsageError(
      `That is not the address of ${what}. Write it with https://, as ${what === 'a page' ? 'the browser shows it' : 'the page asks for it'}.`,
    );
  if (url.username || url.password)
    throw new UsageError('The address holds a user name or password. Send them with --header @FILE instead.');
  return text;
}

function requireOrigin(text: string): string {
  if (isOrigin(text)) return text;
  throw new UsageError(
    '--origin is no origin. Write it as browsers do, like https://www.example.com, without a slash at the end.',
  );
}

function requireHttpMethod(text = 'GET'): string {
  if (/^(get|post)$/i.test(text)) return text.toUpperCase();
  throw new UsageError('--http-method is GET or POST, as in the bridge.');
}

function refuseOptionsForUrls(values: Partial<Record<keyof typeof forUrls, unknown>>): void {
  const name = Object.keys(forUrls).find((name) => name in values);
  if (name)
    throw new UsageError(
      `--${name} is for asking a URL. Leave it out, or give the address of the token endpoint.`,
    );
}
