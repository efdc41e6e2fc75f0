/**
 * The files that browsers load from the stand-in. Scripts are bundled from the TypeScript file of the same name.
 *
 * @module
 */
export const pageNames = [
  'look/look.css',
  'look/live-assist.svg',
  'engagement/engagement.js',
  'engagement/monitor.js',
  'engagement/engagement.css',
  'desk/desk.js',
  'desk/desk.css',
  'configuration/configuration.css',
  'try/try.js',
  'try/try.css',
];
