/**
 * `diagnose`: says what is wrong with a token, an answer, a token endpoint or a page.
 *
 * @module
 */

import { type Examination, examine } from '../../diagnosis/examine.js';
import { byLevel } from '../../diagnosis/findings/finding.js';
import { explainCode } from '../codes/explain-code.js';
import type { Command } from '../command.js';
import { diagnoseHelp } from '../diagnose/help.js';
import {
  insteadOfOperand,
  operand,
  options,
  refuseBesidePage,
  refuseOptionsForUrls,
  requireHttpMethod,
  requireOrigin,
  requireUrl,
} from '../diagnose/options.js';
import { compare, print } from '../diagnose/print.js';
import { faultsOfKey, readPublicKey, readSubject } from '../diagnose/read-subject.js';
import { withOptionNames } from '../diagnose/with-option-names.js';
import { readAccountOptions, refuseWithoutAccount } from '../input/account-options.js';
import { withKeyFileRemedy } from '../input/key-file.js';
import { parseOptions } from '../input/parse-options.js';
import { readAccessToken } from '../input/read-access-token.js';
import { readGivenHeaders } from '../input/read-headers.js';
import { readStandardInput } from '../input/read-text.js';
import { requireNumber } from '../input/require-setting.js';
import { codeText } from '../output/code-text.js';
import { createProbe } from '../probe/ask-endpoint.js';
import { createContactCheck } from '../probe/check-contact.js';
import { examineEndpoint } from '../probe/examine-endpoint.js';
import { examinePage } from '../probe/examine-page.js';
import { proxyFor } from '../probe/proxy-for.js';
import { UsageError } from '../usage-error.js';

export const diagnoseCommand: Command = {
  summary: 'says what is wrong with a token or its endpoint, and what to change',
  help: diagnoseHelp,
  async run(args, terminal) {
    const { values, operands } = parseOptions('diagnose', args, options, [operand], insteadOfOperand);
    if (values.json && values.decode)
      throw new UsageError(
        '--json prints only the findings, and --decode prints the claims. Give one of them.',
      );
    const subject = operands[operand];
    const timeout = requireNumber('timeout', values.timeout ?? '8000', 'milliseconds', 100, 60_000);
    const account = readAccountOptions(values, terminal.env, timeout);
    refuseWithoutAccount(values, subject || values.page, account);
    const [explained, ...also] = explainCode(subject);
    if (explained) {
      const inJson = { ...explained, ...(also.length > 0 && { also }) };
      terminal.stdout.write(
        values.json ? `${JSON.stringify(inJson, null, 2)}\n` : codeText([explained, ...also], terminal),
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
        account: account?.account,
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
      ...withKeyFileRemedy(withOptionNames(examination.findings), values['public-key'], given.publicKey),
      ...(checkContact ? await checkContact(examination.payload) : []),
    ].sort(byLevel);

    const complete = { ...examination, findings };
    if (account) return compare(complete, account, { ...values, publicKey }, terminal, !subject);
    return print(complete, values, terminal);
  },
};
