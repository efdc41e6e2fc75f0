/**
 * The parameters of Live Assist's authentication, as its own screens name them.
 *
 * @module
 */
import { html } from 'hono/html';
import { type Configuration, type Problems, type Product, readProduct } from './configuration.js';

export interface ConfigurationPageOptions {
  entered: Configuration;
  problems?: Problems;
  isSaved?: boolean;
}

/** Everything is escaped by hono's `html`. */
export function configurationPage({ entered, problems = {}, isSaved = false }: ConfigurationPageOptions) {
  const row = (
    name: keyof Configuration,
    label: string,
    hint: string,
    control: unknown,
  ) => html`<div class="row">
    <label for="${name}">${label}</label>
    <div>
      ${control}
      <p id="${name}-problem" class="problem">${problems[name] ?? ''}</p>
      <p id="${name}-hint" class="hint">${hint}</p>
    </div>
  </div>`;
  const described = (name: keyof Configuration) =>
    html`id="${name}" name="${name}" required spellcheck="false" autocomplete="off" aria-describedby="${name}-problem ${name}-hint" aria-invalid="${String(problems[name] !== undefined)}"`;
  const blank = (label: string, value: string) => html`<div class="row">
    <span class="label">${label}</span><span class="fixed">${value}</span>
  </div>`;
  const choice = (value: Product, label: string) =>
    html`<label><input type="radio" name="product" value="${value}" ${readProduct(entered.product) === value ? 'checked' : ''}> ${label}</label>`;
  const notice = isSaved ? 'Saved. It applies from the next click on the chat button.' : '';

  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Configuration · Live Assist</title>
  <link rel="icon" href="/look/live-assist.svg">
  <link rel="stylesheet" href="/look/look.css">
  <link rel="stylesheet" href="/configuration/configuration.css">
</head>
<body>
  <header class="bar">
    <img src="/look/live-assist.svg" alt="" width="24" height="24">
    <h1>Configuration</h1>
    <a href="/desk">Agent’s desk</a>
  </header>
  <main>
    <p class="notice" role="status">${notice}</p>
    <form method="post" action="/configuration" class="card" novalidate>
      <h2>Authentication</h2>
      ${blank('Type', 'oAuth 2.0 authentication')}
      ${blank('Authentication Endpoint', 'Leave blank')}
      ${row(
        'publicKey',
        'JWT Public Key',
        'The web application’s public key on one line, without its BEGIN and END lines.',
        html`<textarea rows="8" ${described('publicKey')}>${entered.publicKey}</textarea>`,
      )}
      ${row(
        'methodName',
        'JS Method Name',
        'The function that Live Assist calls on the page at the click. Dotted names lead through objects.',
        html`<input value="${entered.methodName}" ${described('methodName')}>`,
      )}
      ${blank('JS Context', 'Leave blank')}
      ${row(
        'issuer',
        'JWT Issuer',
        'Byte for byte what the tokens carry as iss.',
        html`<input value="${entered.issuer}" ${described('issuer')}>`,
      )}
      <fieldset class="row">
        <legend>Product</legend>
        <div>
          ${choice('chat', 'Chat')} ${choice('messaging', 'Messaging')}
          <label><input type="checkbox" name="isOldTag" ${entered.isOldTag ? 'checked' : ''}> Old tag (1.6.0)</label>
          <p class="hint">Messaging shows the chat button only to visitors whom the page identifies. The old tag drops what the page has put into lpTag.identities. This applies when a page is loaded.</p>
        </div>
      </fieldset>
      <button class="primary">Save</button>
    </form>
  </main>
</body>
</html>`;
}
