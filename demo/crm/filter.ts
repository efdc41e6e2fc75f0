/**
 * Reads the part of OData's `$filter` that contact look-ups use: comparisons with `eq`, joined by `and`.
 *
 * @module
 */
import { columns, isColumn } from './columns.js';
import { badRequest, unknownColumn } from './odata-error.js';

export interface Condition {
  /** SQL with placeholders. Column names come only from our own list. */
  sql: string;
  values: (string | number)[];
}

/** A name, `eq`, and a literal: text (a quote inside is doubled), null, GUID or number. */
const comparison =
  /\s*(\w+)\s+eq\s+(?:'((?:[^']|'')*)'|(null)|([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})|(-?\d+))(?=\s|$)\s*/iy;
const and = /and\s+/iy;

/** @throws ODataError for anything else, whether OData allows it or not. */
export function parseFilter(filter: string): Condition {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  let at = 0;
  const next = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(filter);
    if (!found)
      throw badRequest(
        `Syntax error at position ${at} in '${filter}'. Comparisons with eq, joined by and, are understood.`,
      );
    at = pattern.lastIndex;
    return found;
  };
  do {
    if (parts.length > 0) next(and);
    const [, name = '', text, isNull, guid, number] = next(comparison);
    if (!isColumn(name)) throw unknownColumn(name);
    if (isNull) {
      parts.push(`${name} IS NULL`);
      continue;
    }
    if ((number === undefined) === (columns[name] === 'number') || (guid && columns[name] !== 'guid'))
      throw badRequest(`'${name}' cannot be compared with a value of that type.`);
    parts.push(`${name} = ? COLLATE NOCASE`);
    values.push(number === undefined ? (guid ?? (text ?? '').replaceAll("''", "'")) : Number(number));
  } while (at < filter.length);
  return { sql: parts.join(' AND '), values };
}
