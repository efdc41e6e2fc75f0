/** Where there is no room side by side, one of the three is shown. */

const tabs = [...document.querySelectorAll<HTMLButtonElement>('#tabs button')];
const main = document.querySelector('main') as HTMLElement;

for (const tab of tabs)
  tab.addEventListener('click', () => {
    main.dataset.shown = tab.dataset.shows;
    for (const each of tabs) each.setAttribute('aria-pressed', String(each === tab));
    markCalling(undefined);
  });

/** Marks the tab where the next step is to be taken, unless it is the one that is shown. */
export function markCalling(shows: 'visitor' | 'agent' | undefined): void {
  for (const tab of tabs)
    tab.toggleAttribute('data-calls', tab.dataset.shows === shows && shows !== main.dataset.shown);
}
