/**
 * The chat button and the window's elements, before anything happens in them.
 *
 * @module
 */
import { element } from '../look/element.js';
import { icon } from '../look/icon.js';

/** `survey` replaces the messages. */
export function createChatParts(survey: readonly Node[]) {
  const status = element('p', { class: 'status', role: 'status' });
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
    element('div', { class: 'title' }, element('h2', {}, 'Chat'), end),
    element('p', { class: 'notice' }, 'A stand-in for trials. This is not Live Assist.'),
    status,
    ...survey,
    list,
    problem,
    say,
    again,
  );
  const invitation = element('p', { class: 'invitation', id: 'invitation', hidden: '' });
  const label = element('span', {}, 'Chat with us');
  const button = element(
    'button',
    {
      type: 'button',
      class: 'launcher',
      'aria-expanded': 'false',
      'aria-controls': 'panel',
      'aria-describedby': 'invitation',
    },
    icon('chat'),
    label,
  );
  return {
    panel,
    button,
    status,
    end,
    list,
    problem,
    input,
    say,
    again,
    invitation,
    /** Shows or hides the window. `closed` is the button's label while the window is closed. */
    setOpen(isOpen: boolean, closed: string) {
      panel.hidden = !isOpen;
      button.setAttribute('aria-expanded', String(isOpen));
      button.replaceChildren(icon(isOpen ? 'cross' : 'chat'), label);
      label.textContent = isOpen ? 'Close chat' : closed;
    },
  };
}
