import { describe, expect, it } from 'vitest';
import { pages } from './pages.js';
import { paragraphs, sentences, words } from './prose.js';

describe.each([...pages])('%s', (_path, text) => {
  const all = paragraphs(text);

  it('has no sentence of more than 30 words', () => {
    expect(all.flatMap(sentences).filter((sentence) => words(sentence).length > 30)).toEqual([]);
  });

  it('has no paragraph of more than 90 words', () => {
    expect(all.filter((paragraph) => words(paragraph).length > 90)).toEqual([]);
  });

  it('has at most one parenthesis in a paragraph', () => {
    expect(all.filter((paragraph) => (paragraph.match(/\(/g)?.length ?? 0) > 1)).toEqual([]);
  });
});

describe('the check itself', () => {
  it('finds a long sentence in a list, and reads neither code nor tables', () => {
    const long = Array.from({ length: 31 }, () => 'word').join(' ');
    const found = (markdown: string) =>
      paragraphs(markdown)
        .flatMap(sentences)
        .filter((sentence) => words(sentence).length > 30).length;
    expect(found(`- One.\n- ${long}.`)).toBe(1);
    expect(found(`| ${long} |\n\n\`\`\`\n${long}\n\`\`\``)).toBe(0);
  });
});
