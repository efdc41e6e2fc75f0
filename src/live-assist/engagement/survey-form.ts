/**
 * The offline survey, for visitors without an authenticated chat.
 *
 * @module
 */
import { element } from '../look/element.js';

/** If `onLeave` rejects, the message was not delivered and stays in the form. */
export function createSurveyForm(onLeave: (survey: { email: string; message: string }) => Promise<unknown>) {
  const problem = element('p', { class: 'problem', role: 'alert' });
  const email = element('input', {
    id: 'survey-email',
    type: 'email',
    required: '',
    maxlength: '200',
    autocomplete: 'email',
  });
  const message = element('textarea', { id: 'survey-message', required: '', maxlength: '1000', rows: '1' });
  const form = element(
    'form',
    { class: 'survey', 'aria-label': 'Offline survey', hidden: '' },
    element('p', { class: 'hint' }, 'Leave a message: we will reply by e-mail.'),
    element('label', { for: 'survey-email' }, 'Reply to (e-mail)'),
    email,
    element('label', { for: 'survey-message' }, 'Your message'),
    message,
    problem,
    element('button', { class: 'primary' }, 'Leave message'),
  );
  const thanks = element(
    'p',
    { class: 'thanks', tabindex: '-1', hidden: '' },
    'Thank you. We have received your message.',
  );

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    problem.textContent = '';
    try {
      await onLeave({ email: email.value, message: message.value });
      form.reset();
      form.hidden = true;
      thanks.hidden = false;
      thanks.focus();
    } catch (error) {
      problem.textContent = (error as Error).message;
    }
  });

  return {
    parts: [form, thanks],
    /** Shows an empty form with the known address. */
    begin(known: string) {
      form.reset();
      email.value = known;
      problem.textContent = '';
      form.hidden = false;
      thanks.hidden = true;
      (known ? message : email).focus();
    },
    hide() {
      form.hidden = thanks.hidden = true;
    },
  };
}
