const quotes = '"\'`\u2018\u2019\u201c\u201d';

/** The text between its quotation marks, straight or curly; undefined if it does not begin and end with some. */
export function stripQuotes(text: string): string | undefined {
  let [start, end] = [0, text.length];
  // A value copied out of JSON brings its comma along.
  if (end > 0 && ',;'.includes(text[end - 1] ?? '')) end--;
  const last = end;
  while (start < end && quotes.includes(text[start] ?? '')) start++;
  while (end > start && quotes.includes(text[end - 1] ?? '')) end--;
  return start > 0 && end < last ? text.slice(start, end) : undefined;
}
