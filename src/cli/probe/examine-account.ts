/**
 * Examines an account: its published settings and, on request, what the vendor's verifier says about the token.
 *
 * @module
 */

import type { ExpectedSettings } from '../../diagnosis/account/compare-connector.js';
import {
  expectedSettings,
  type GivenSettings,
  withAccountFindings,
} from '../../diagnosis/account/expected-settings.js';
import type { AccountInspection } from '../../diagnosis/account/inspect-account.js';
import { redact } from '../../diagnosis/account/redact.js';
import { duration } from '../../diagnosis/duration.js';
import type { Examination } from '../../diagnosis/examine.js';
import { type Finding, finding } from '../../diagnosis/findings/finding.js';
import { shownName } from '../input/shown-name.js';
import { writeNewFiles } from '../output/write-new-files.js';
import { UsageError } from '../usage-error.js';
import { askVerifier } from './ask-verifier.js';
import { type AccountOptions, readAccountSettings } from './read-account-settings.js';

export interface ExamineAccountOptions extends AccountOptions {
  /** Where to save the answer, without the values that belong to the account. */
  saveTo: string | undefined;
  asksVerifier: boolean;
  /** Tells the person at the screen something that is not a finding. */
  tell: (text: string) => void;
}

export interface AccountExamination extends Examination {
  account: AccountInspection;
  expected: ExpectedSettings;
  /** Why the answer was not saved. The caller throws it after the findings are printed. */
  unsaved: UsageError | undefined;
}

/** Adds the findings about the account to an examination. */
export async function examineAccount(
  examination: Examination,
  given: GivenSettings,
  options: ExamineAccountOptions,
): Promise<AccountExamination> {
  const expected = expectedSettings(examination, given);
  const account = await readAccountSettings(options, expected);
  const unsaved =
    options.saveTo === undefined ? undefined : await save(options.saveTo, account.answer, options.tell);
  const findings = [...account.findings];
  if (options.asksVerifier) findings.push(await verify(examination, account, options));
  return {
    ...examination,
    findings: withAccountFindings(examination.findings, findings),
    account,
    expected,
    unsaved,
  };
}

async function save(
  path: string,
  answer: unknown,
  tell: (text: string) => void,
): Promise<UsageError | undefined> {
  const shown = shownName(path, 'the file');
  if (answer === undefined) {
    tell(`Nothing was saved to ${shown}, because there was no JSON to save.`);
    return undefined;
  }
  const text = `${JSON.stringify(redact(answer), null, 2)}\n`;
  try {
    await writeNewFiles([{ path, text, mode: 0o644 }], 'Name another file');
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
  tell(
    `The answer was saved to ${shown}, without what belongs to the account. Read the file before you pass it on.`,
  );
  return undefined;
}

async function verify(
  { token, payload }: Examination,
  { selection }: AccountInspection,
  options: ExamineAccountOptions,
): Promise<Finding> {
  if (token === undefined || !payload) return finding('verifier-not-asked', 'no readable token was given');
  const connector = selection?.connector.id;
  if (connector === undefined)
    return finding(
      'verifier-not-asked',
      selection
        ? 'the account does not publish the id of its identity provider'
        : 'it is not clear for which identity provider the token is meant',
    );
  const onHost = (host: string) =>
    options.tell(
      `The token is sent to ${host}, which may create a consumer there. ${lifetimeWords(payload.exp)}`,
    );
  return askVerifier({ ...options, connector, token, onHost });
}

/** The longest remaining lifetime of a token that is sent without a remark, in seconds. */
const shortLife = 300;

function lifetimeWords(exp: unknown): string {
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return 'It does not say how long it is valid.';
  const left = exp - Date.now() / 1000;
  if (left <= 0) return `It expired ${duration(-left)} ago.`;
  const advice =
    ' A token that lives at most five minutes is better: the command mint makes one with --lifetime 300.';
  return `It is valid for another ${duration(left)}.${left > shortLife ? advice : ''}`;
}
