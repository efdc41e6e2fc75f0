const quotes = '"\'`\u2018\u2019\u201c\u201d';

/** Returns the text between quotation marks, straight or curly, or undefined unless it begins and ends with them. */
export function stripQuotes(text: string): string | undefined {
  let [start, end] = [0, text.length];
  // A value copied from JSON may include its comma.
  if (end > 0 && ',;'.includes(text[end - 1] ?? '')) end--;
  const last = end;
  while (start < end && quotes.includes(text[start] ?? '')) start++;
  while (end > start && quotes.includes(text[end - 1] ?? '')) end--;
  return start > 0 && end < last ? text.slice(start, end) : undefined;
}
