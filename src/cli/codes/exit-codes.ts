/**
 * The exit codes of the commands.
 *
 * @module
 */
import type { CodeExplanation } from '../../diagnosis/codes/code-explanation.js';

export const exitCodes: Readonly<Record<'0' | '1' | '2' | '70', CodeExplanation>> = {
  '0': { why: 'the command did what it was asked. `diagnose` found nothing, or only notes.', do: 'nothing.' },
  '1': {
    why: '`diagnose` found errors or warnings, or the command could not do what it was asked.',
    do: 'follow what the command printed.',
  },
  '2': {
    why: 'the command line was not understood, or a file or a key that it names cannot be used.',
    do: 'follow the message. `--help` lists the options.',
  },
  '70': { why: 'a defect of live-assist-bridge.', do: 'report the printed text as an issue.' },
};
