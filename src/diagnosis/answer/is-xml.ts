/**
 * Distinguishes XML without a declaration or a namespace from a piece of HTML.
 *
 * @module
 */

/** The elements of HTML in which a page shows text, and those around them. */
const html =
  /^<(a|abbr|address|article|aside|b|blockquote|body|button|center|code|dd|details|dialog|div|dl|dt|em|fieldset|figure|font|footer|form|h[1-6]|head|header|html|i|iframe|input|ins|kbd|label|legend|li|main|mark|nav|noscript|ol|output|p|pre|q|s|samp|script|section|select|small|span|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|xmp)\b/i;

/** Whether the text begins with an element of HTML. */
export const isHtml = (text: string): boolean => html.test(text);

/** Whether the text is one element that HTML does not have. The names of a page's own elements contain a hyphen. */
export function isXml(text: string): boolean {
  const name = /^<([A-Za-z_][\w.:]{0,99})(?:\s[^<>]{0,500})?>/.exec(text)?.[1];
  return name !== undefined && !html.test(text) && text.endsWith(`</${name}>`);
}
