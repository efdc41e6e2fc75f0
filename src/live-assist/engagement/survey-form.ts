/** The offline survey: where visitors are led when they cannot be let in. */
import { element } from '../look/element.js';

/** `onLeave` rejects when the message could not be left; then it stays in the form. */
export function createSurveyForm(onLeave: (survey: { email: string; message: string }) => Promise<unknown>) {
  const problem = element('p', { class: 'problem', role: 'alert' });
  const email = element('input', {
    id: 'survey-email',
    type: 'email',
    required: '',
    maxlength: '200',
    autocomplete: 'email',
  });
  const message = element('textarea', { id: 'survey-message', required: '', maxlength: '1000', rows: '4' });
  const form = element(
    'form',
    { class: 'survey', 'aria-label': 'Offline survey' },
    element('h3', {}, 'We cannot chat right now'),
    element('p', { class: 'hint' }, 'Leave a message, and we will write back to you.'),
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
    'Thank you. Your message is with us.',
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
    /** An empty form, ready to be written in. */
    begin() {
      form.reset();
      problem.textContent = '';
      form.hidden = false;
      thanks.hidden = true;
      email.focus();
    },
    hide() {
      form.hidden = thanks.hidden = true;
    },
  };
}
