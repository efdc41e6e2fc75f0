/**
 * Adds what only the test sees to the explanation of a missing method: the bridge's console lines, and scripts that were
 * answered with an error.
 *
 * @module
 */
import type { Response } from '@playwright/test';
import { withoutTokens } from '../page/shown.js';
import type { ClickAnswer } from './click.js';

/** The first sentence names the cause: what the page itself knows, or else what is known here. */
export function explainFromOutside(
  answer: ClickAnswer,
  lines: string[],
  scripts: readonly Response[],
): ClickAnswer {
  if (answer.outcome !== 'method-missing') return answer;
  const quoted = lines.slice(0, 3).map((line) => `"${withoutTokens(line)}"`);
  const said = `The bridge wrote to the console: ${quoted.join(', ')}.`;
  if (answer.cause) return lines.length === 0 ? answer : { ...answer, message: `${answer.message} ${said}` };
  if (lines.length > 0) return { ...answer, cause: 'bridge-message', message: `${said} ${answer.message}` };
  // A script inside a closed shadow root fails unseen by the page.
  const failed = scripts.find((script) => script.status() >= 400);
  if (!failed) return answer;
  const { origin, pathname } = new URL(failed.url());
  const fact = `A script of the page did not load: ${origin}${pathname} was answered with ${failed.status()}.`;
  return { ...answer, cause: 'script-not-loaded', message: `${fact} ${answer.message}` };
}
