/**
 * Where there is no room side by side, one of the three panes is shown.
 *
 * @module
 */

const tabs = [...document.querySelectorAll<HTMLButtonElement>('#tabs button')];
const main = document.querySelector('main') as HTMLElement;
let calling: string | undefined;

export function showPane(shows: string): void {
  main.dataset.shown = shows;
  for (const tab of tabs) tab.setAttribute('aria-pressed', String(tab.dataset.shows === shows));
  markCalling(calling);
}

for (const tab of tabs) tab.addEventListener('click', () => showPane(tab.dataset.shows ?? ''));

/** Marks the tab where the next step is to be taken, in words, unless it is the one that is shown. */
export function markCalling(shows: string | undefined): void {
  calling = shows;
  for (const tab of tabs) {
    const calls = tab.dataset.shows === shows && shows !== main.dataset.shown;
    tab.toggleAttribute('data-calls', calls);
    (tab.querySelector('.calls') as HTMLElement).hidden = !calls;
  }
}
