/**
 * Finds the requested command and runs it.
 *
 * @module
 */
import { nearest } from '../contract/nearest.js';
import { KeyError } from '../key/key-error.js';
import type { Command, ExitCode } from './command.js';
import { config } from './commands/config.js';
import { diagnoseCommand } from './commands/diagnose.js';
import { init } from './commands/init.js';
import { keys } from './commands/keys.js';
import { mint } from './commands/mint.js';
import { tag } from './commands/tag.js';
import { tryCommand } from './commands/try.js';
import { shownName } from './input/shown-name.js';
import type { Terminal } from './output/terminal.js';
import { ownVersion } from './own-version.js';
import { UsageError } from './usage-error.js';

const commands: Record<string, Command> = {
  init,
  keys,
  config,
  mint,
  diagnose: diagnoseCommand,
  tag,
  try: tryCommand,
};

const help = `Usage: live-assist-bridge COMMAND [OPTIONS]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  .join('\n')}

live-assist-bridge COMMAND --help shows the options, with an example.
live-assist-bridge --version prints the version.
A new site starts with: live-assist-bridge init

Exit code: 0 fine, 1 findings, 2 the command line was not understood.
`;

/** Runs the command in `args`. A usage error is printed as one line on standard error. */
export async function run(args: string[], terminal: Terminal): Promise<ExitCode> {
  const [name = '--help', ...rest] = args;
  try {
    if (name === '--help' || name === '-h' || (name === 'help' && /^-|^$/.test(rest[0] ?? '')))
      return print(help, terminal, args.length > 0);
    if (name === 'help') return print(commandOf(rest[0]).help, terminal, true);
    if (['--version', '-v', 'version'].includes(name)) return print(`${ownVersion()}\n`, terminal, true);
    const command = commandOf(name);
    if (rest.includes('--help') || rest.includes('-h')) return print(command.help, terminal, true);
    return await command.run(rest, terminal);
  } catch (error) {
    if (!isExplained(error)) throw error;
    terminal.stderr.write(`live-assist-bridge: ${error.message}\n`);
    return 2;
  }
}

function print(text: string, { stdout, stderr }: Terminal, asked: boolean): ExitCode {
  (asked ? stdout : stderr).write(text);
  return asked ? 0 : 2;
}

function commandOf(name = ''): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command;
  throw unknownCommand(name);
}

function unknownCommand(name: string): UsageError {
  const meant = nearest(name, [...Object.keys(commands), '--help', '--version']);
  const hint = meant ? `Did you mean ${meant}?` : `There are ${Object.keys(commands).join(', ')}.`;
  const shown = /^[\w-]{1,30}$/.test(name) ? shownName(name, 'That') : 'That';
  return new UsageError(`${shown} is not a command. ${hint} \`live-assist-bridge --help\` lists them.`);
}

/** Whether the message was written for the user. Any other error is a bug in this package and keeps its stack. */
function isExplained(error: unknown): error is Error {
  return error instanceof UsageError || error instanceof KeyError;
}
