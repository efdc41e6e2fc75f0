/**
 * Copies the visitor's token, or opens it on the diagnose page. The token is fetched only at that click.
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
    // Done within the click, as browsers require.
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

/** Writes the token into the diagnose page's field, so that it never appears in an address. */
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
