/**
 * The stage before its script fills it.
 *
 * @module
 */
import { html } from 'hono/html';
import { identityStep, type JourneyStep, journeySteps } from '#live-assist';
import type { Fault } from '../faults.js';

export interface StagePageOptions {
  site: string;
  liveAssist: string;
  crm: string | undefined;
}

const faults: [Fault, string][] = [
  ['wrong-key', 'Wrong key in Live Assist'],
  ['misspelt-method', 'Misspelt method name'],
  ['endpoint-down', 'Token endpoint down'],
  ['expired-token', 'Expired token'],
];

export function stagePage({ site, liveAssist, crm }: StagePageOptions) {
  const frame = (
    kind: string,
    title: string,
    url: string,
  ) => html`<section class="frame ${kind}" aria-labelledby="${kind}-title">
    <header>
      <h2 id="${kind}-title">${title}</h2>
      <a href="${url}" target="_blank" rel="noopener">${url.replace('http://', '')}</a>
    </header>
    <iframe id="${kind}" src="${url}" title="${title}"></iframe>
  </section>`;
  const tab = (shows: string, title: string) =>
    html`<button type="button" data-shows="${shows}" aria-pressed="${String(shows === 'visitor')}">${title}<span class="calls" hidden>next</span></button>`;
  const item = ({ title, by, call, hasToken }: JourneyStep, step: number | 'identity') =>
    html`<li data-step="${step}" data-state="idle" ${step === 'identity' ? 'hidden' : ''}>
          <details name="step">
            <summary>
              <span class="badge" aria-hidden="true">${step === 'identity' ? 'i' : step}</span>
              <span class="what"><span class="title"><span class="unseen state-word"></span>${title}</span><span class="text">${by}</span></span>
            </summary>
            <div class="more">
              <p class="full"></p>
              <p class="call"><b>Done by</b> ${call}</p>
              <dl hidden></dl>
              ${
                hasToken
                  ? html`<p class="token" hidden><button type="button" data-token="copy">Copy the token</button> <button type="button" data-token="open">Open in diagnose.html</button> <span role="status"></span></p>`
                  : ''
              }
            </div>
          </details>
          <p class="remedy" hidden></p>
        </li>`;
  return html`<!doctype html>
<html lang="en" data-site="${site}" data-live-assist="${liveAssist}" data-crm="${crm ?? ''}">
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
    <img src="/stage/page/stage.svg" alt="" width="34" height="34">
    <div class="names">
      <h1>live-assist-bridge</h1>
      <p>A signed-in visitor clicks “chat”, and the agent sees who it is.</p>
    </div>
    <nav aria-label="More of the demo">
      <a href="${liveAssist}/configuration" target="_blank" rel="noopener">Configuration</a>
      ${crm ? html`<a href="${crm}" target="_blank" rel="noopener">CRM</a>` : ''}
      <a href="/diagnose.html" target="_blank">diagnose.html</a>
    </nav>
    <div id="tabs" role="group" aria-label="What is shown">
      ${tab('visitor', 'Visitor')} ${tab('story', 'Steps')} ${tab('agent', 'Agent')}
    </div>
  </header>
  <p id="ended" class="banner" role="alert" hidden></p>
  <p id="unreachable" class="banner" role="alert" hidden></p>
  <p id="news" class="unseen" role="status"></p>
  <main data-shown="visitor" aria-label="Visitor, steps and agent">
    ${frame('visitor', 'Visitor', site)}
    <section class="story" aria-labelledby="story-title">
      <header>
        <h2 id="story-title">Eight steps</h2>
        <details id="break">
          <summary>Break it</summary>
          <div class="menu">
            ${faults.map(([fault, label]) => html`<button type="button" data-fault="${fault}">${label}</button>`)}
          </div>
        </details>
        <button type="button" id="start-over">Start over</button>
      </header>
      <p id="guide"></p>
      <div id="broken" hidden><span id="broken-text"></span><button type="button" id="repair" class="primary">Repair everything</button></div>
      <ol id="steps">
        ${journeySteps.flatMap((step, index) => [
          item(step, index + 1),
          index === 3 ? item(identityStep, 'identity') : '',
        ])}
      </ol>
      <section id="card" class="card" aria-labelledby="card-title" hidden>
        <h3 id="card-title">Your own site needs:</h3>
        <ul>
          <li>the tag <code>live-assist-bridge.umd.js</code></li>
          <li>a token endpoint: <code>createTokenHandler()</code></li>
          <li>in Live Assist: its public key, and the method <code>authoriseChatWithCallback</code></li>
        </ul>
        <p>Begin: <code>npx live-assist-bridge init</code> (see “Quick start” in README.md). Or break something above.</p>
      </section>
    </section>
    ${frame('agent', 'Agent', `${liveAssist}/desk`)}
  </main>
</body>
</html>`;
}
