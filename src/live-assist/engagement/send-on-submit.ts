/** Sends a form's text field when the form is submitted. If sending fails, the text is put back into the field. */
export function sendOnSubmit(
  form: HTMLFormElement,
  input: HTMLInputElement,
  problem: HTMLElement,
  send: (text: string) => Promise<unknown>,
): void {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    problem.textContent = '';
    if (text === '') return;
    input.value = '';
    try {
      await send(text);
    } catch (error) {
      if (input.value === '') input.value = text;
      problem.textContent = (error as Error).message;
    }
  });
}
