/** The chat button and the window's elements, before anything happens in them. */
import { element } from '../look/element.js';
import { icon } from '../look/icon.js';

/** `survey` stands where the messages stand otherwise. */
export function createChatParts(survey: readonly Node[]) {
  const status = element('p', { class: 'status', role: 'status' });
  const minimise = element(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': 'Minimise chat' },
    icon('minus'),
  );
  const end = element('button', { type: 'button', class: 'quiet', hidden: '' }, 'End chat');
  const list = element('div', {
    class: 'messages',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'Messages',
    tabindex: '0',
  });
  const problem = element('p', { class: 'problem', role: 'alert' });
  const input = element('input', {
    maxlength: '1000',
    autocomplete: 'off',
    'aria-label': 'Message',
    placeholder: 'Write a message',
  });
  const send = element('button', { class: 'primary', 'aria-label': 'Send' }, icon('send'));
  const say = element('form', { class: 'say' }, input, send);
  const again = element('button', { type: 'button', class: 'primary again', hidden: '' }, 'Start a new chat');
  const panel = element(
    'section',
    { class: 'panel', role: 'dialog', 'aria-label': 'Chat', id: 'panel', tabindex: '-1', hidden: '' },
    element('div', { class: 'title' }, element('h2', {}, 'Chat'), end, minimise),
    status,
    ...survey,
    list,
    problem,
    say,
    again,
  );
  const button = element(
    'button',
    { type: 'button', class: 'launcher', 'aria-expanded': 'false', 'aria-controls': 'panel' },
    icon('chat'),
    'Chat with us',
  );
  return { panel, button, status, minimise, end, list, problem, input, say, again };
}
