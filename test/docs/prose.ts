/**
 * Splits a Markdown page into the paragraphs that a reader sees.
 *
 * @module
 */

/** Paragraphs and list items as plain text, without code, tables, headings and link targets. */
export function paragraphs(markdown: string): string[] {
  const text = markdown
    .replace(/^ *```[\s\S]*?^ *```/gm, '\n')
    .replace(/<!--[\s\S]*?-->|<[^>]*>/g, '')
    .replace(/^( *\|.*|#.*|---.*)$/gm, '');
  return text
    .split(/\n\s*\n|\n(?= *(?:[-*]|\d+\.) )/)
    .map((block) =>
      block
        .replace(/^ *(?:[-*]|\d+\.) /, '')
        .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/`[^`]*`/g, 'code')
        .replace(/[*_]/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter(Boolean);
}

/** The sentences of a paragraph. A colon at the end of a clause ends a sentence, as an introduction to a list does. */
export function sentences(paragraph: string): string[] {
  return paragraph.split(/(?<=[.!?])\s+(?=[A-Z"'(])/);
}

/** The words of a text. */
export const words = (text: string): string[] => text.split(/\s+/).filter((word) => /\w/.test(word));
