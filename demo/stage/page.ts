/** The stage before its script lights it. */
import { html } from 'hono/html';
import { steps } from './page/steps.js';

export interface StagePageOptions {
  site: string;
  desk: string;
}

export function stagePage({ site, desk }: StagePageOptions) {
  const frame = (
    kind: string,
    title: string,
    url: string,
  ) => html`<section class="frame ${kind}" aria-labelledby="${kind}-title">
    <header>
      <h2 id="${kind}-title">${title}</h2>
      <a href="${url}" target="_blank" rel="noopener">${url.replace('http://', '')}</a>
    </header>
    <iframe src="${url}" title="${title}"></iframe>
  </section>`;
  const tab = (shows: string, title: string) =>
    html`<button type="button" data-shows="${shows}" aria-pressed="${String(shows === 'visitor')}">${title}</button>`;
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>The eight steps · live-assist-bridge</title>
  <link rel="icon" href="/stage/page/stage.svg">
  <link rel="stylesheet" href="/look/look.css">
  <link rel="stylesheet" href="/stage/page/stage.css">
  <script type="module" src="/stage/page/stage.js"></script>
</head>
<body>
  <header class="top" aria-label="Stage">
    <img src="/stage/page/stage.svg" alt="" width="36" height="36">
    <div>
      <h1>live-assist-bridge</h1>
      <p>The visitor who is signed in clicks “chat”, and the agent who accepts sees who it is.</p>
    </div>
    <ol id="rail" aria-hidden="true">${steps.map((_, index) => html`<li data-state="idle">${index + 1}</li>`)}</ol>
    <div id="tabs" role="group" aria-label="What is shown">
      ${tab('visitor', 'Visitor')} ${tab('story', 'Steps')} ${tab('agent', 'Agent')}
    </div>
  </header>
  <p id="news" class="unseen" role="status"></p>
  <main data-shown="visitor" aria-label="Visitor, steps and agent">
    ${frame('visitor', 'Visitor', site)}
    <section class="story" aria-labelledby="story-title">
      <h2 id="story-title">Eight steps</h2>
      <ol id="steps" tabindex="0" aria-labelledby="story-title">
        ${steps.map(
          ({ title, by, hint }, index) => html`<li data-step="${index + 1}" data-state="idle">
          <span class="badge" aria-hidden="true">${index + 1}</span>
          <div>
            <h3><span class="unseen"></span>${title}</h3>
            <p class="by">${by}</p>
            <p class="text">${hint}</p>
            <dl hidden></dl>
          </div>
        </li>`,
        )}
      </ol>
    </section>
    ${frame('agent', 'Agent', desk)}
  </main>
</body>
</html>`;
}
