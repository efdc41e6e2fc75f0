/**
 * Prints what `diagnose` found, with what an account shows if one was named.
 *
 * @module
 */
import { defaultMethodName } from '../../contract/method-name.js';
import type { Examination } from '../../diagnosis/examine.js';
import type { ExitCode } from '../command.js';
import { requireMethodName } from '../input/require-setting.js';
import { accountTable } from '../output/account-table.js';
import { findingsReport } from '../output/findings-report.js';
import { wrap } from '../output/style.js';
import type { Terminal } from '../output/terminal.js';
import { examineAccount } from '../probe/examine-account.js';
import type { AccountOptions } from '../probe/read-account-settings.js';

/** Adds the findings about the account and, without a subject, the table of its settings. */
export async function compare(
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

export function print(
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
