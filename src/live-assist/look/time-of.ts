/**
 * Shows a time of day, such as 14:05.
 *
 * @module
 */
import { element } from './element.js';

const format = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** `at` is in milliseconds since 1970. */
export const timeOf = (at: number): HTMLTimeElement =>
  element('time', { datetime: new Date(at).toISOString() }, format.format(at));
