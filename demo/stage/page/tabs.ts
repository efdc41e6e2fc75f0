/**
 * On a narrow screen, shows one of the three panes.
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

/** Marks the tab of the next step in words, unless that tab is shown. */
export function markCalling(shows: string | undefined): void {
  calling = shows;
  for (const tab of tabs) {
    const calls = tab.dataset.shows === shows && shows !== main.dataset.shown;
    tab.toggleAttribute('data-calls', calls);
    (tab.querySelector('.calls') as HTMLElement).hidden = !calls;
  }
}
