/**
 * The view "Prepare": makes the values to enter in Live Assist from the developer's public key.
 *
 * @module
 */
import { defaultMethodName, isMethodName } from '../contract/method-name.js';
import { settingsToEnter } from '../diagnosis/settings-to-enter.js';
import { createElement } from './element.js';
import { find } from './find.js';
import { findingItem } from './finding-item.js';
import { prepareKey } from './prepared-key.js';

const developerKey = find('developer-key', HTMLTextAreaElement);
const siteIssuer = find('site-issuer', HTMLInputElement);
const methodName = find('method-name', HTMLInputElement);
const copyLine = find('copy-line', HTMLButtonElement);
const showPrepared = find('show-prepared', HTMLButtonElement);
const part = (id: string) => find(id, HTMLElement);

/** Returns a link to this view, which fills it with the pasted text. */
export function linkToPrepare(pasted: string): HTMLElement {
  const link = createElement('a', { href: '#prepare' }, 'Make the line from this text');
  link.addEventListener('click', () => {
    developerKey.value = pasted;
    update();
  });
  return createElement('p', {}, link, ' in the view "Prepare Live Assist".');
}

let latest = 0;
let line = '';

async function update(): Promise<void> {
  const turn = ++latest;
  const prepared = await prepareKey(developerKey.value);
  if (turn !== latest) return;
  line = prepared.line;
  const isEmpty = developerKey.value.trim() === '';
  part('prepared-card').dataset.level = isEmpty ? 'open' : line ? 'good' : 'error';
  part('prepared').textContent = isEmpty
    ? 'Waiting for a public key'
    : line
      ? 'The public key is ready'
      : 'This cannot be entered in Live Assist';
  part('prepared-advice').textContent = line ? 'Copy the line below as JWT Public Key.' : '';
  part('prepared-findings').replaceChildren(
    ...(isEmpty ? [] : prepared.faults.map((fault) => findingItem(fault))),
  );
  copyLine.hidden = !line || !navigator.clipboard;
  showPrepared.hidden = isEmpty;
  part('settings').hidden = !line;
  part('settings-list').replaceChildren(...(line ? settings() : []));
}

function settings(): HTMLDivElement[] {
  const entered = settingsToEnter(line, siteIssuer.value, methodName.value || defaultMethodName);
  const isName = isMethodName(entered.jsMethodName);
  return [
    row('Type', entered.type, 'newer screens: Implicit'),
    row('Authentication Endpoint', entered.authenticationEndpoint, 'leave blank'),
    row('JWT Public Key', entered.jwtPublicKey, 'one line, all of it'),
    row('JS Method Name', entered.jsMethodName, isName ? '' : 'This is not a name that a page can have.'),
    row('JS Context', entered.jsContext, 'leave blank'),
    row(
      'JWT Issuer',
      entered.jwtIssuer,
      entered.jwtIssuer ? 'newer screens only; exactly so' : 'newer screens only: ask the developer',
    ),
    row('Issuer Display Name', entered.issuerDisplayName, 'newer screens only; any name will do'),
  ];
}

function row(name: string, value: string, hint: string): HTMLDivElement {
  return createElement(
    'div',
    {},
    createElement('dt', {}, name),
    createElement('dd', {}, createElement('code', {}, value || '(blank)')),
    ...(hint ? [createElement('dd', { class: 'meaning' }, hint)] : []),
  );
}

/** Shows the view that the address names. */
function show(): void {
  const isPreparing = location.hash === '#prepare';
  part('check-view').hidden = isPreparing;
  part('prepare-view').hidden = !isPreparing;
  for (const link of document.querySelectorAll('.views a')) {
    if ((link.getAttribute('href') === '#prepare') === isPreparing) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

/** Attaches the view's event listeners. */
export function startPrepareView(): void {
  methodName.value = defaultMethodName;
  for (const field of [developerKey, siteIssuer, methodName]) field.addEventListener('input', update);
  copyLine.addEventListener('click', async () => {
    const copied = await navigator.clipboard.writeText(line).then(
      () => true,
      () => false,
    );
    part('prepared-advice').textContent = copied
      ? 'The line was copied.'
      : 'The browser refused. Select the line and copy it.';
  });
  showPrepared.addEventListener('click', () =>
    part(line ? 'settings' : 'prepared-findings').scrollIntoView({ block: 'start' }),
  );
  window.addEventListener('hashchange', show);
  show();
  update();
}
