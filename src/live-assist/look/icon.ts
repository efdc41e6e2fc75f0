/** Icons are drawn as paths, so that they do not depend on fonts. */
const paths = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M7 7l10 10M17 7L7 17',
  chat: 'M4 5.5h16v11H10.5L6 20.5v-4H4z',
  send: 'M5 12h13M12.5 6.5L18 12l-5.5 5.5',
} as const;

const svg = 'http://www.w3.org/2000/svg';

/** Creates a decorative icon, hidden from screen readers. */
export function icon(name: keyof typeof paths): SVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  const path = document.createElementNS(svg, 'path');
  const attributes = { viewBox: '0 0 24 24', width: '20', height: '20', 'aria-hidden': 'true', fill: 'none' };
  for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
  for (const [key, value] of Object.entries({
    d: paths[name],
    stroke: 'currentColor',
    'stroke-width': '2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  }))
    path.setAttribute(key, value);
  drawing.append(path);
  return drawing;
}
