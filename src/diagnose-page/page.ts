/**
 * The page for administrators: examines what is typed. It needs no other file and no network.
 *
 * @module
 */

import { defaultMethodName } from '../contract/method-name.js';
import { accountAddress, isAccountNumber } from '../diagnosis/account/account-paths.js';
import { expectedSettings, withAccountFindings } from '../diagnosis/account/expected-settings.js';
import { inspectAccount } from '../diagnosis/account/inspect-account.js';
import type { Finding } from '../diagnosis/diagnose.js';
import { type Examination, examine } from '../diagnosis/examine.js';
import { claimEntry } from './claim-entry.js';
import { createExample } from './example.js';
import { find } from './find.js';
import { findingItem } from './finding-item.js';
import { linkToPrepare, startPrepareView } from './prepare.js';
import { repairedFinding } from './prepared-key.js';
import { verdictOn } from './verdict.js';

const token = find('token', HTMLTextAreaElement);
const publicKey = find('public-key', HTMLTextAreaElement);
const issuer = find('issuer', HTMLInputElement);
const accountNumber = find('account-number', HTMLInputElement);
const accountSettings = find('account-settings', HTMLTextAreaElement);
const methodName = find('method-name', HTMLInputElement);
const copy = find('copy', HTMLButtonElement);
const show = find('show', HTMLButtonElement);
const part = (id: string) => find(id, HTMLElement);

let latest = 0;
let report = '';

async function update(): Promise<void> {
  const turn = ++latest;
  // A file that the command has written ends with a line break.
  const pasted = publicKey.value.replace(/\n$/, '');
  const given = { token: token.value.trim() !== '', publicKey: pasted !== '' };
  const examination = await examine(token.value, {
    publicKey: pasted || undefined,
    issuer: issuer.value || undefined,
    tokenField: 'token',
  });
  const { header, payload } = examination;
  const findings = await withAccount(examination, pasted);
  const repaired = await repairedFinding(pasted, findings);
  // The user has typed more in the meantime.
  if (turn !== latest) return;
  const found = findings.filter(({ code }) => code !== 'token-missing');
  const [faults, notes] = [
    found.filter(({ level }) => level !== 'note'),
    found.filter(({ level }) => level === 'note'),
  ];
  const isChecked = given.publicKey || found.some(({ code }) => code === 'account-signature-fits');
  const { level, headline, advice } = verdictOn(found, { ...given, publicKey: isChecked });
  part('verdict-card').dataset.level = level;
  say('verdict', headline);
  say('advice', advice);
  part('findings').replaceChildren(
    ...faults.map((fault) => findingItem(fault, ...(fault === repaired ? [linkToPrepare(pasted)] : []))),
  );
  part('notes-list').replaceChildren(...notes.map((note) => findingItem(note)));
  const claims = [...Object.entries(header ?? {}), ...Object.entries(payload ?? {})];
  part('claims-list').replaceChildren(...claims.map(([name, value]) => claimEntry(name, value)));
  part('notes').hidden = notes.length === 0;
  part('claims').hidden = claims.length === 0;
  // Each hint is shown while its field is empty.
  part('guide-token').hidden = given.token;
  part('guide-settings').hidden = given.publicKey && issuer.value !== '';
  part('guide').hidden = given.token && given.publicKey && issuer.value !== '';
  copy.hidden = found.length === 0 || !navigator.clipboard;
  show.hidden = found.length === 0;
  report = reportOf(found);
}

/** Returns the findings about the account, if its settings were pasted. The page itself sends no request for them. */
async function withAccount(examination: Examination, pasted: string): Promise<Finding[]> {
  const number = accountNumber.value.trim();
  say('account-address', accountAddress(isAccountNumber(number) ? number : 'NUMBER'));
  if (!accountSettings.value.trim()) return examination.findings;
  const expected = expectedSettings(examination, {
    publicKey: pasted || undefined,
    issuer: issuer.value || undefined,
    methodName: methodName.value || defaultMethodName,
  });
  const { findings } = await inspectAccount(accountSettings.value, expected);
  return withAccountFindings(examination.findings, findings);
}

/** Screen readers announce changes of the status, so unchanged words are not set again. */
function say(id: string, words: string): void {
  const place = part(id);
  if (place.textContent !== words) place.textContent = words;
}

/** Formats the findings for the site's operator, without token or key. */
function reportOf(findings: Finding[]): string {
  return findings.map(({ level, code, message }) => `${level} ${code}\n${message}\n`).join('\n');
}

for (const field of [token, publicKey, issuer, accountNumber, accountSettings, methodName])
  field.addEventListener('input', update);
token.form?.addEventListener('reset', () => setTimeout(update));
const example = find('example', HTMLButtonElement);
// Browsers have no Web Crypto on pages over plain http.
example.hidden = !globalThis.crypto?.subtle;
example.addEventListener('click', async () => {
  const made = await createExample();
  token.value = made.token;
  publicKey.value = made.publicKey;
  issuer.value = made.issuer;
  await update();
});
copy.addEventListener('click', async () => {
  const copied = await navigator.clipboard.writeText(report).then(
    () => true,
    () => false,
  );
  say(
    'advice',
    copied ? 'The findings were copied.' : 'The browser refused. Select the findings and copy them.',
  );
});
show.addEventListener('click', () =>
  part(part('findings').childElementCount > 0 ? 'findings' : 'notes').scrollIntoView({ block: 'start' }),
);
startPrepareView();
// Remaining lifetimes have changed while the page was hidden.
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && update());
update();
