/**
 * Lets the reader copy the visitor's token or open it on the diagnosing page. It is fetched at that click only.
 *
 * @module
 */

const parts = [...document.querySelectorAll<HTMLElement>('.token')];
let visitor: string | null = null;

export function offerToken(of: string | null): void {
  visitor = of;
  for (const part of parts) part.hidden = of === null;
}

for (const part of parts) {
  const status = part.querySelector('[role=status]') as HTMLElement;
  part.addEventListener('click', async ({ target }) => {
    const wanted = (target as HTMLElement).dataset.token;
    if (!wanted || visitor === null) return;
    // Within the click, as browsers ask.
    const tab = wanted === 'open' ? window.open('/diagnose.html', '_blank') : null;
    const response = await fetch(`/token?${new URLSearchParams({ visitor })}`);
    const { token, publicKey, issuer, message } = await response.json();
    if (!token) status.textContent = message;
    else if (wanted === 'open' && tab) fill(tab, { token, 'public-key': publicKey, issuer });
    else if (wanted === 'open')
      status.textContent = 'The browser blocked the new tab. Allow it, or copy the token.';
    else
      status.textContent = await navigator.clipboard.writeText(token).then(
        () => 'Copied.',
        () => 'The browser refused. Open the token in diagnose.html.',
      );
  });
}

/** Types into the diagnosing page: no token ever stands in an address. */
function fill(tab: Window, values: Record<string, string>): void {
  const write = () => {
    for (const [id, value] of Object.entries(values)) {
      const field = tab.document.getElementById(id) as HTMLTextAreaElement | HTMLInputElement;
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  };
  if (tab.document.readyState === 'complete' && tab.document.getElementById('token')) write();
  else tab.addEventListener('load', write);
}
