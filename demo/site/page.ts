/**
 * The site's one page, as a guest or a signed-in visitor sees it.
 *
 * @module
 */
import { html } from 'hono/html';
import { standInAccount } from '#live-assist';
import { accountSection } from './account-section.js';
import type { Session } from './sessions.js';
import { signInSection } from './sign-in-section.js';

export interface SitePageOptions {
  liveAssist: string;
  /** The page that may frame this one and guide the visitor. */
  stage: string | undefined;
  session?: Session | undefined;
  /** What was typed, if the sign-in failed. */
  email?: string;
  problem?: string;
}

/** Everything is escaped by hono's `html`. */
export function sitePage({ liveAssist, stage, session, email = '', problem = '' }: SitePageOptions) {
  const account = session?.account;
  return html`<!doctype html>
<html lang="en" ${stage ? html`data-stage="${stage}"` : ''}>
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Larkfield Energy</title>
  <link rel="icon" href="/site/page/site.svg">
  <link rel="stylesheet" href="/look/look.css">
  <link rel="stylesheet" href="/site/page/site.css">
  <script src="/live-assist-bridge.umd.js" data-token-endpoint="/live-assist/token" data-identities data-visitor="${session?.visitor ?? ''}" defer></script>
  <script type="module" src="/site/page/site.js"></script>
  <script type="module" src="${liveAssist}/engagement/engagement.js?site=${standInAccount}"></script>
</head>
<body>
  <header class="bar" aria-label="Larkfield">
    <a class="brand" href="/"><img src="/site/page/site.svg" alt="" width="28" height="28">Larkfield</a>
    <form id="sign-out" method="post" action="/sign-out" ${account ? '' : 'hidden'}>
      <span class="who" data-account="name">${account?.name ?? ''}</span>
      <button class="quiet">Sign out</button>
    </form>
  </header>
  <main id="content" aria-label="Your energy">
    <p id="notice" class="notice" role="status"></p>
    ${signInSection({ isHidden: account !== undefined, email, problem })}
    ${accountSection(account)}
  </main>
  <footer>Larkfield Energy and its customers are made up.</footer>
</body>
</html>`;
}
