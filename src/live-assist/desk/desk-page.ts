/**
 * The agent's desk before its script fills it.
 *
 * @module
 */
import { html } from 'hono/html';

export interface DeskPageOptions {
  agent: string;
  framesRecords: boolean;
}

export function deskPage({ agent, framesRecords }: DeskPageOptions) {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Agent’s desk</title>
  <link rel="icon" href="/look/live-assist.svg">
  <link rel="stylesheet" href="/look/look.css">
  <link rel="stylesheet" href="/desk/desk.css">
  <script type="module" src="/desk/desk.js"></script>
</head>
<body data-frames-records="${String(framesRecords)}">
  <header class="bar" aria-label="Desk">
    <img src="/look/live-assist.svg" alt="" width="24" height="24">
    <h1>Agent’s desk</h1>
    <span class="on-duty"><span class="presence" aria-hidden="true"></span><span class="there">${agent}<span class="state-word">, available</span></span><span class="lost">Offline, trying again</span></span>
    <a href="/configuration">Configuration</a>
  </header>
  <p id="news" class="unseen" role="status"></p>
  <main aria-label="Chats and records">
    <p id="lost" class="notice" role="alert"></p>
    <section class="queue" aria-labelledby="queue-title">
      <h2 id="queue-title" tabindex="-1">Chats</h2>
      <p id="nobody" class="empty">No visitor is waiting. A chat appears here as soon as a visitor starts one.</p>
      <ul id="chats"></ul>
      <details id="ended" hidden>
        <summary>Ended chats (<span id="ended-count">0</span>)</summary>
        <ul id="ended-chats"></ul>
      </details>
      <details id="surveys-part" hidden>
        <summary>Offline messages (<span id="surveys-count">0</span>)</summary>
        <ul id="surveys"></ul>
      </details>
    </section>
    <section class="record" aria-labelledby="record-title" hidden>
      <h2 id="record-title">Contact record</h2>
      <div id="record"></div>
    </section>
    <section class="conversation" aria-labelledby="conversation-title" hidden>
      <header>
        <h2 id="conversation-title" tabindex="-1">Conversation</h2>
        <button id="end" type="button" class="quiet">End chat</button>
      </header>
      <div id="messages" role="log" aria-live="polite" aria-label="Messages" tabindex="0"></div>
      <form id="reply">
        <p id="reply-problem" class="problem" role="alert"></p>
        <label class="unseen" for="reply-text">Message to the visitor</label>
        <input id="reply-text" name="text" maxlength="1000" autocomplete="off" placeholder="Write a message">
        <button class="primary">Send</button>
      </form>
    </section>
  </main>
</body>
</html>`;
}
