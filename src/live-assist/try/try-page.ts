/**
 * The page of `try`: the tag, the way to the desk, and the eight steps before the script fills them.
 *
 * @module
 */
import { html } from 'hono/html';
import { journeySteps } from '../steps.js';

export function tryPage(tag: string) {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>The latest chat · stand-in for Live Assist</title>
  <link rel="icon" href="/look/live-assist.svg">
  <link rel="stylesheet" href="/look/look.css">
  <link rel="stylesheet" href="/try/try.css">
  <script type="module" src="/try/try.js"></script>
</head>
<body>
  <header class="bar">
    <img src="/look/live-assist.svg" alt="" width="24" height="24">
    <h1>A stand-in for Live Assist</h1>
    <nav aria-label="More">
      <a href="/desk" target="_blank">Agent’s desk</a>
      <a href="/configuration" target="_blank">Configuration</a>
    </nav>
  </header>
  <main>
    <p>This is not Live Assist. It plays the vendor’s part on this machine, so that you can try your site.</p>
    <section class="card" aria-labelledby="tag-title">
      <h2 id="tag-title">The tag for your pages, in place of the vendor’s</h2>
      <p><code id="tag">${tag}</code></p>
    </section>
    <section aria-labelledby="steps-title">
      <h2 id="steps-title">The eight steps of the latest chat</h2>
      <p id="next" role="status">Open a page of your site and click “Chat with us”.</p>
      <p id="identity" hidden></p>
      <ol id="steps">
        ${journeySteps.map(
          ({ title, by }, index) => html`<li class="card" data-step="${index + 1}" data-state="idle">
          <span class="badge" aria-hidden="true">${index + 1}</span>
          <div>
            <h3><span class="unseen state-word"></span>${title}</h3>
            <p class="text">${by}</p>
            <p class="full" hidden></p>
            <p class="remedy" hidden></p>
            <dl hidden></dl>
          </div>
        </li>`,
        )}
      </ol>
    </section>
  </main>
</body>
</html>`;
}
