/**
 * `diagnose`: says what is wrong with a token, an answer, a token endpoint or a page.
 *
 * @module
 */

import { existsSync } from 'node:fs';
import { defaultMethodName } from '../../contract/method-name.js';
import { isOrigin } from '../../contract/origins.js';
import { explainCode } from '../../diagnosis/codes/explain-code.js';
import { type Examination, examine } from '../../diagnosis/examine.js';
import { byLevel, type Finding } from '../../diagnosis/findings/finding.js';
import { examineKey } from '../../diagnosis/key/key.js';
import { looksLikePath } from '../../key/read/looks-like-path.js';
import type { Command, ExitCode } from '../command.js';
import { accountOptions, readAccountOptions, refuseWithoutAccount } from '../input/account-options.js';
import { withKeyFileRemedy } from '../input/key-file.js';
import { parseOptions } from '../input/parse-options.js';
import { readAccessToken } from '../input/read-access-token.js';
import { readGivenHeaders } from '../input/read-headers.js';
import { readFileText, readStandardInput, readTextOrFile } from '../input/read-text.js';
import { requireMethodName, requireNumber } from '../input/require-setting.js';
import { accountTable } from '../output/account-table.js';
import { codeText } from '../output/code-text.js';
import { findingsReport } from '../output/findings-report.js';
import { wrap } from '../output/style.js';
import type { Terminal } from '../output/terminal.js';
import { createProbe } from '../probe/ask-endpoint.js';
import { createContactCheck } from '../probe/check-contact.js';
import { examineAccount } from '../probe/examine-account.js';
import { examineEndpoint } from '../probe/examine-endpoint.js';
import { examinePage } from '../probe/examine-page.js';
import { proxyFor } from '../probe/proxy-for.js';
import type { AccountOptions } from '../probe/read-account-settings.js';
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
  ...accountOptions,
  save: { type: 'string' },
  'ask-live-assist': { type: 'boolean' },
  'public-key': { type: 'string' },
  issuer: { type: 'string' },
  'method-name': { type: 'string' },
  'token-field': { type: 'string' },
  dynamics: { type: 'string' },
  'access-token': { type: 'string' },
  page: { type: 'string' },
  decode: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

const operand = 'FILE|URL|-';

/**
 * Options that replace the operand. Those after `account` need --account. They are listed here so that the message
 * names that missing option, not the operand.
 */
const insteadOfOperand: (keyof typeof options)[] = [
  ...(['page', 'account'] as const),
  ...(['account-url', 'save', 'ask-live-assist'] as const),
];

export const diagnoseCommand: Command = {
  summary: 'says what is wrong with a token or its endpoint, and what to change',
  help: `Usage: live-assist-bridge diagnose ${operand} [OPTIONS]
       live-assist-bridge diagnose --account N [OPTIONS]
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
                            with an access token: --access-token @FILE, or the
                            environment variable DATAVERSE_TOKEN
  --access-token @FILE      holds the token, or Entra's answer with the token
  --page URL                examines a page with the chat instead: the tag, its
                            file, the Content-Security-Policy, preloads, caches.
                            --header is sent to the origin of the page alone
  --account N               compares with the settings that this account of Live
                            Assist publishes (not tried with a real account)
  --decode                  shows what the token says, names included
  --json                    prints the findings as JSON

With a URL:
  --header TEXT|@FILE       "Name: value", like the Cookie of a signed-in
                            visitor; may be repeated. A file holds one a line
  --other-header @FILE      that of another visitor, to compare the two tokens
  --http-method METHOD      GET or POST (default: GET)
  --origin ORIGIN           the site's origin, if the endpoint is on another
  --timeout MILLISECONDS    for each request (default: 8000, as in the bridge)

With an account:
  --method-name NAME        the method on the page (default:
                            ${defaultMethodName})
  --account-url URL         asks there instead of at LivePerson: a whole
                            address, or an origin (proxies, tests)
  --save FILE               writes what the account answered, without what
                            belongs to the account, to be passed on in an issue
  --ask-live-assist         sends the token to Live Assist's verifier, which may
                            create a consumer there, and explains the answer

Exit code: 0 nothing but notes, 1 errors or warnings, 2 not understood.

Example:
  live-assist-bridge diagnose https://www.example.com/live-assist/token \\
    --header "@cookie.txt" --public-key "@pasted.txt" --issuer www.example.com
`,
  async run(args, terminal) {
    const { values, operands } = parseOptions('diagnose', args, options, [operand], insteadOfOperand);
    if (values.json && values.decode)
      throw new UsageError('--json prints the findings alone, --decode the claims. Give one of them.');
    const subject = operands[operand];
    const timeout = requireNumber('timeout', values.timeout ?? '8000', 'milliseconds', 100, 60_000);
    const account = readAccountOptions(values, terminal.env, timeout);
    refuseWithoutAccount(values, subject || values.page, account);
    const explained = explainCode(subject);
    if (explained) {
      terminal.stdout.write(
        values.json ? `${JSON.stringify(explained, null, 2)}\n` : codeText(explained, terminal),
      );
      return 0;
    }
    if (values.page !== undefined) {
      refuseBesidePage(subject, values);
      const headers = await readGivenHeaders(values.header);
      const url = new URL(requireUrl(values.page, 'a page'));
      const { methodName, ...examination } = await examinePage({
        url,
        headers,
        proxy: proxyFor(url, terminal.env),
      });
      if (!account) return print(examination, values, terminal);
      return compare(
        examination,
        account,
        { ...values, 'method-name': values['method-name'] ?? methodName },
        terminal,
      );
    }
    const publicKey = values['public-key'] && (await readPublicKey(values['public-key']));
    const given = {
      publicKey,
      issuer: values.issuer,
      tokenField: values['token-field'] ?? 'token',
      origin: values.origin && requireOrigin(values.origin),
    };
    const accessToken = await readAccessToken(values, terminal);
    const checkContact = values.dynamics && createContactCheck(values.dynamics, accessToken);

    let examination: Examination = { findings: [] };
    if (!subject) {
      refuseOptionsForUrls(values, true);
      if (publicKey !== undefined) examination = { findings: await faultsOfKey(publicKey) };
    } else if (/^[a-z]+:\/\//i.test(subject)) {
      const endpoint = createProbe({
        url: requireUrl(subject, 'a token endpoint'),
        method: requireHttpMethod(values['http-method']),
        headers: await readGivenHeaders(values.header),
        otherHeaders: values['other-header'] && (await readGivenHeaders(values['other-header'])),
        proxy: proxyFor(new URL(requireUrl(subject, 'a token endpoint')), terminal.env),
        timeout,
      });
      const sameOrigin = given.origin === new URL(subject).origin;
      examination = await examineEndpoint(endpoint, { ...given, ...(sameOrigin && { origin: undefined }) });
    } else {
      // Read first, because its message recognises an address without https://.
      const text = subject === '-' ? undefined : await readSubject(subject);
      refuseOptionsForUrls(values, account !== undefined);
      examination = await examine(text ?? (await readStandardInput(terminal)), given);
    }
    const findings = [
      ...withKeyFileRemedy(examination.findings, values['public-key'], given.publicKey),
      ...(checkContact ? await checkContact(examination.payload) : []),
    ].sort(byLevel);

    const complete = { ...examination, findings };
    if (account) return compare(complete, account, { ...values, publicKey }, terminal, !subject);
    return print(complete, values, terminal);
  },
};

/** Adds the findings about the account and, without a subject, the table of its settings. */
async function compare(
  examination: Examination,
  account: AccountOptions,
  values: CompareValues,
  terminal: Terminal,
  showsTable = false,
): Promise<ExitCode> {
  // Remarks are printed before the findings. JSON has no place for them, so they go to standard error.
  const screen = values.json ? terminal.stderr : terminal.stdout;
  const examined = await examineAccount(
    examination,
    { ...values, methodName: requireMethodName(values['method-name'] ?? defaultMethodName) },
    {
      ...account,
      saveTo: values.save,
      asksVerifier: values['ask-live-assist'] === true,
      tell: (text) => screen.write(`${wrap(text, '', terminal)}\n\n`),
    },
  );
  if (showsTable && !values.json)
    terminal.stdout.write(await accountTable(examined.account, examined.expected, terminal));
  const exitCode = print(examined, values, terminal);
  if (examined.unsaved) throw examined.unsaved;
  return exitCode;
}

interface CompareValues {
  publicKey?: string | undefined;
  issuer?: string;
  'method-name'?: string | undefined;
  save?: string;
  'ask-live-assist'?: boolean;
  json?: boolean;
  decode?: boolean;
}

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

/** Reads the file. Throws if there is none and the name looks like a code. */
async function readSubject(subject: string): Promise<string> {
  if (/^\d{1,6}$/.test(subject) && !existsSync(subject))
    throw new UsageError(
      `${subject} is not a code that is known here, and there is no file of that name. docs/codes.md lists the codes.`,
    );
  return readFileText(subject, operand);
}

/**
 * Returns no findings for a key that can be compared, in any notation, because it may be the file that `keys` writes.
 */
async function faultsOfKey(text: string): Promise<Finding[]> {
  const { key, findings } = await examineKey(text);
  return key ? findings.filter(({ code }) => code === 'key-published') : findings;
}

async function readPublicKey(given: string): Promise<string> {
  if (!given.startsWith('@') && looksLikePath(given))
    throw new UsageError(
      '--public-key takes the text as it was pasted. For a file that holds it, write @ before its name: --public-key "@pasted.txt". For a PEM file, config FILE --value prints that text.',
    );
  return readTextOrFile(given, '--public-key');
}

const besidePage = ['page', 'header', 'json', ...Object.keys(accountOptions), 'save'];
const withAccount = ['method-name', 'issuer', 'timeout'];

/** Refuses options that have no effect on a page. */
function refuseBesidePage(subject: string, values: Record<string, unknown>): void {
  if (subject) throw new UsageError(`--page examines a page in place of a ${operand}. Give one of them.`);
  const name = Object.keys(options).find(
    (name) => name in values && !besidePage.includes(name) && !(values.account && withAccount.includes(name)),
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
    '--origin is not an origin. Write it as browsers do, like https://www.example.com, without a slash at the end.',
  );
}

function requireHttpMethod(text = 'GET'): string {
  if (/^(get|post)$/i.test(text)) return text.toUpperCase();
  throw new UsageError('--http-method is GET or POST, as in the bridge.');
}

function refuseOptionsForUrls(
  values: Partial<Record<keyof typeof forUrls, unknown>>,
  hasAccount: boolean,
): void {
  const name = Object.keys(forUrls).find((name) => name in values && !(hasAccount && name === 'timeout'));
  if (name)
    throw new UsageError(
      `--${name} is for asking a URL. Leave it out, or give the address of the token endpoint.`,
    );
}
