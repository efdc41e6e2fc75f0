/**
 * Reads the options of a command, and says in a sentence what cannot be understood.
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { nearest } from '../../contract/nearest.js';
import { showInvisible } from '../../diagnosis/show-invisible.js';
import { containsToken } from '../../diagnosis/token/contains-token.js';
import { UsageError } from '../usage-error.js';
import { looksSecret, shownName } from './shown-name.js';

type Options = Record<string, { type: 'string' | 'boolean'; multiple?: boolean; short?: string }>;

type Values<O extends Options> = {
  [Name in keyof O]?: O[Name] extends { type: 'boolean' }
    ? boolean
    : O[Name] extends { multiple: true }
      ? string[]
      : string;
};

/**
 * Returns the values of the options, and the operands by their names in `operands`. All operands are required unless
 * one of the options in `instead` is given; a missing operand is then an empty string.
 *
 * @throws UsageError for anything that is unknown, missing, given twice, or too secret for a command line.
 */
export function parseOptions<O extends Options, Operand extends string = never>(
  command: string,
  args: string[],
  options: O,
  operands: Operand[] = [],
  instead: (keyof O & string)[] = [],
): { values: Values<O>; operands: Record<Operand, string> } {
  refuseSecrets(command, args);
  const help = `\`live-assist-bridge ${command} --help\` shows what there is.`;
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const seen = new Set<string>();
  const values: Record<string, unknown> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options[token.name];
    if (!option) throw unknownOption(command, token.rawName, Object.keys(options), help);
    if (seen.has(token.name) && !option.multiple)
      throw new UsageError(`--${token.name} is given twice. Give it once.`);
    seen.add(token.name);
    const value = readValue(token.name, option.type, token.value, options);
    const former = values[token.name];
    values[token.name] = option.multiple ? [...(Array.isArray(former) ? former : []), value] : value;
  }
  const missing = operands[positionals.length];
  if (missing && !instead.some((name) => name in values))
    throw new UsageError(`${listed(missing)} is missing. ${help}`);
  if (positionals.length > operands.length) {
    const extra = positionals[operands.length] ?? '';
    const isCut = [values.header].flat().some((header) => /:\s*$/.test(String(header)));
    if (isCut)
      throw new UsageError(
        '--header ends at its colon. Put quotation marks around the whole header, or put it in a file: --header "@cookie.txt".',
      );
    throw new UsageError(
      `${extra.length <= 40 ? shownName(extra, 'What may be a secret') : 'A long text'} is one argument too many: ${command} takes ${operands.length === 0 ? 'only options' : operands.map(listed).join(', ')}. ${help}`,
    );
  }
  const named = Object.fromEntries(operands.map((name, index) => [name, positionals[index] ?? '']));
  return { values: values as Values<O>, operands: named as Record<Operand, string> };
}

/** An operand of several kinds in words: `FILE|URL|-` is "FILE, URL or -". */
const listed = (operand: string) => operand.replace(/\|(?=[^|]*$)/, ' or ').replaceAll('|', ', ');

function readValue(
  name: string,
  type: 'string' | 'boolean',
  value: string | undefined,
  options: Options,
): string | true {
  if (type === 'boolean') {
    if (value === undefined) return true;
    throw new UsageError(`--${name} takes no value. Leave "=" and what follows out.`);
  }
  const swallowed = value?.startsWith('--') && Object.hasOwn(options, value.slice(2).split('=', 1)[0] ?? '');
  if (value && !swallowed) return value;
  throw new UsageError(`--${name} needs a value. Write it behind the name: --${name} VALUE.`);
}

function unknownOption(command: string, name: string, known: string[], help: string): UsageError {
  const meant = nearest(name.replace(/^-+/, ''), known);
  const hint = meant ? `Did you mean --${meant}? ` : '';
  const shown = looksSecret(name) ? 'that looks like a token' : showInvisible(name.slice(0, 40));
  return new UsageError(`${command} does not know the option ${shown}. ${hint}${help}`);
}

/** Returns the value of --header or --other-header, if `arg` contains one. */
function headerIn(arg: string, previous: string | undefined): string | undefined {
  if (previous === '--header' || previous === '--other-header') return arg;
  return /^--(?:other-)?header=(.*)$/s.exec(arg)?.[1];
}

/** Whether the header signs somebody in. */
function isSecretHeader(header: string): boolean {
  return /^\s*(cookie2?|authorization|proxy-authorization|x-api-key|[\w-]*(token|session|secret)[\w-]*)\s*:\s*\S.{7}/i.test(
    header,
  );
}

/** Refuses secrets, because shells keep a history and every user of the machine can list the processes. */
function refuseSecrets(command: string, args: string[]): void {
  if (args.some((arg) => /PRIVATE KEY-----/.test(arg)))
    throw new UsageError(
      "There is a private key on the command line, and the shell's history and the list of processes show it: consider it leaked. Make a new pair, and name its files.",
    );
  const header = args.map((arg, index) => headerIn(arg, args[index - 1]) ?? '').find(isSecretHeader);
  if (header !== undefined)
    throw new UsageError(
      `A header has a ${/^[^:]*cookie/i.test(header) ? 'cookie' : 'credential'} on the command line, and the shell's history and the list of processes show it. Put the line in a file and name the file: --header "@cookie.txt".`,
    );
  if (args.some(containsToken))
    throw new UsageError(
      `There is a token on the command line, and the shell's history and the list of processes show it. ${
        command === 'diagnose'
          ? 'Put it in a file and name the file, or pipe it in: live-assist-bridge diagnose -'
          : 'Put it in a file and name the file.'
      }`,
    );
}
