/**
 * Recognises what programs print for a value that they do not have, or for an object in place of its text.
 *
 * @module
 */
import { tokenStart } from '../contract/token-shape.js';

/**
 * As printed by JavaScript, Python, Ruby and .NET. For a task that was not awaited, .NET prints the name of its type.
 */
const NOTHING =
  /^(null|undefined|true|false|NaN|None|nil|\[object \w+\]|System\.[\w.]+(`\d+\[[\w.,`[\]\s]*\])?|Promise \{ ?<?[a-z]+>? ?\}|#?<[\w.:]+ (object )?[\w.: ]*(at )?0x[\da-f]+>)$/;

/** The placeholder of a template that was not filled in. */
const PLACEHOLDER = /^(\{\{.*\}\}|<%.*%>|\$\{.*\}|@[A-Z]\w*(\.\w+)+|%[A-Z_]+%)$/s;

/** A token that a template wrote between its own marks. The value is there, and it is secret. */
const FILLED = new RegExp(`(?<![A-Za-z0-9])${tokenStart}[\\w-]{8}`);

/** Whether the text stands for a value that the program did not have. */
export const isUnfilled = (text: string): boolean =>
  NOTHING.test(text) || (PLACEHOLDER.test(text) && !FILLED.test(text));
