/** Sends a form's one text field when it is submitted. What could not be sent stands in the field again. */
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
