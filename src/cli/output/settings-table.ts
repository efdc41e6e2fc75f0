/**
 * Prints what to enter in Live Assist, for an administrator with the screen open.
 *
 * @module
 */
import type { ConfiguredColumn } from './configured-column.js';
import { exactlySo } from './exactly-so.js';
import type { LiveAssistSettings } from './live-assist-settings.js';
import { createPaint, wrap } from './style.js';
import type { Terminal } from './terminal.js';

const hints = [
  '"Disconnected" on that screen is normal.',
  'Switch on Authentication in the engagement as well. Visitors without a token then get the offline survey; a site that serves guests too needs a second engagement for them.',
  'Live Assist holds one key. As soon as you save another key, tokens signed with the old one are refused.',
];

/** @param now What is configured, for the column "Configured now". */
export function settingsTable(
  settings: LiveAssistSettings,
  terminal: Terminal,
  now?: ConfiguredColumn,
): string {
  const paint = createPaint(terminal);
  const issuerHint = exactlySo(settings.jwtIssuer);
  const row = (name: string, value: string, configured = '') =>
    `  ${name.padEnd(25)}${now ? value.padEnd(valueWidth(settings)) + configured : value}`.trimEnd();
  return `${paint('bold', 'Where in Live Assist')}

  older screens  Campaign Builder > Data Sources > Authentication server
                 > Configure
  newer screens  Campaign Builder > Integrations > Consumer Identity Providers
                 > Configure

${paint('bold', 'What to enter')}

${paint('bold', row('Parameter', 'Value', 'Configured now'))}
${paint('dim', row('-'.repeat(23), '-'.repeat(50), '-'.repeat(20)))}
${row('Type', `${settings.type} (newer screens: Implicit)`, now?.type)}
${row('Authentication Endpoint', '(leave blank)', now?.authenticationEndpoint)}
${row('JWT Public Key', '(the long line below, all of it)', now?.jwtPublicKey)}
${row('JS Method Name', settings.jsMethodName, now?.jsMethodName)}
${row('JS Context', '(leave blank)', now?.jsContext)}
${paint('dim', row('On newer screens also', ''))}
${row('JWT Issuer', settings.jwtIssuer, now?.jwtIssuer)}
${row('Issuer Display Name', `${settings.issuerDisplayName} (any name will do)`, now?.issuerDisplayName)}

${paint('bold', 'JWT Public Key, one line')}

${settings.jwtPublicKey}

${paint('bold', 'Its SHA-256 fingerprint, to compare keys by')}

${settings.fingerprint}

${paint('bold', 'Good to know')}

${[...(issuerHint ? [issuerHint] : []), ...hints].map((hint) => wrap(hint, '    ', terminal).replace(/^ {4}/, '  - ')).join('\n')}
`;
}

/** Returns the width of the column of values: the longest value plus a gap. */
const valueWidth = ({ jwtIssuer, issuerDisplayName, jsMethodName }: LiveAssistSettings): number =>
  Math.max(50, jwtIssuer.length, issuerDisplayName.length + 20, jsMethodName.length) + 2;
