/**
 * Adds the bridge's console lines to the explanation of a missing method.
 *
 * @module
 */
import { withoutTokens } from '../page/shown.js';
import type { ClickAnswer } from './click.js';

export function explainByConsole(answer: ClickAnswer, lines: string[]): ClickAnswer {
  if (answer.outcome !== 'method-missing' || lines.length === 0) return answer;
  const quoted = lines.slice(0, 3).map((line) => `"${withoutTokens(line)}"`);
  const message = `${answer.message} The bridge wrote to the console: ${quoted.join(', ')}.`;
  return { ...answer, message, cause: answer.cause ?? 'bridge-message' };
}
