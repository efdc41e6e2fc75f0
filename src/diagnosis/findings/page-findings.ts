/**
 * The findings about a page with the chat: `diagnose --page`.
 *
 * @module
 */
import type { FindingTable } from './finding.js';

const print = '`npx live-assist-bridge tag` prints the tag for the installed file';

export const pageFindings = {
  // The page itself
  'page-unreachable': [
    'error',
    (reason: string) =>
      `The page cannot be loaded: ${reason}. Check the address, and whether this machine may connect to it.`,
  ],
  'page-silent': [
    'error',
    (seconds: number) =>
      `The page did not arrive within ${seconds} seconds, the limit for the page and its files together.`,
  ],
  'page-status': [
    'error',
    (status: number) =>
      `The page answered ${status}, so it was not examined. Give the address of a page with the chat; for one behind a sign-in also a cookie: --header "@cookie.txt".`,
  ],
  'page-is-sign-in': [
    'error',
    (to: string) =>
      `The page redirects to ${to}, which looks like a sign-in page. Give the cookie of a signed-in visitor: --header "@cookie.txt".`,
  ],
  'page-redirects': [
    'error',
    () => 'The page redirects more than five times. Give the address that the browser shows in the end.',
  ],
  'page-not-html': [
    'error',
    (what: string) =>
      `This is not an HTML page: ${what}. For a token endpoint leave --page out: \`npx live-assist-bridge diagnose URL\`.`,
  ],
  'page-too-long': [
    'error',
    (limit: string) => `The page is longer than ${limit}. Examine a smaller page with the chat.`,
  ],

  // The tag
  'tag-missing': [
    'error',
    (hint: string) =>
      `The page has no script tag with data-token-endpoint. ${hint || `Put the tag into the page: ${print}.`}`,
  ],
  'tag-not-seen': [
    'warning',
    (who: string) =>
      `The HTML has no script tag with data-token-endpoint. A guess: ${who} adds it, which static HTML cannot show. To check, type liveAssistBridge in the console of the page. If that is not defined, put the tag into the HTML.`,
  ],
  'tag-attribute-missing': [
    'error',
    (misspelt: string) =>
      misspelt
        ? `The script tag of live-assist-bridge has ${misspelt} instead of data-token-endpoint, so the bridge is not installed. Correct the spelling.`
        : `The script tag of live-assist-bridge has no data-token-endpoint, so the bridge is not installed. Write the attribute: ${print}. Tag managers remove data- attributes: then create the element with setAttribute, as docs/site-owners.md shows.`,
  ],
  'tag-inert': [
    'error',
    (where: string) => `The script tag stands inside ${where}, where browsers run nothing. Move it out.`,
  ],
  'tag-nomodule': [
    'error',
    () => "The script tag has the attribute nomodule: today's browsers skip it. Remove the attribute.",
  ],
  'tag-waits': [
    'warning',
    (type: string) =>
      `The script tag has the type ${type}, which browsers do not run. A guess: a consent tool runs the file later. Then visitors without consent stay anonymous. Otherwise remove the type.`,
  ],
  'tag-twice': [
    'warning',
    (count: number) => `The page has ${count} script tags with data-token-endpoint. Keep one.`,
  ],
  'tags-contradict': [
    'error',
    (attribute: string) =>
      `The page has several script tags with data-token-endpoint, and they differ in ${attribute}. The bridge then cannot tell which one counts. Keep one.`,
  ],
  'tag-after-engagement': [
    'warning',
    () =>
      'The tag stands after the script of Live Assist. A visitor who clicks early then chats without an identity, and `identities` come too late. Put the tag before that script.',
  ],
  'tag-without-file': [
    'error',
    () => `The script tag has no address in src, so no file is loaded. Write it: ${print}.`,
  ],
  'tag-address': ['error', (attribute: string, why: string) => `The tag's ${attribute} ${why}.`],
  'tag-attribute': [
    'warning',
    (name: string, meant: string) =>
      `The tag has the attribute ${name}, which has no effect. If you mean ${meant}, write it that way.`,
  ],
  'tag-attribute-value': [
    'warning',
    (name: string, value: string) =>
      `The tag's ${name} is ${value}, which the bridge does not take: it uses its default. docs/reference.md lists the values.`,
  ],
  'tag-file-fine': [
    'note',
    (version: string, integrity: string) => `The tag's file is live-assist-bridge ${version}${integrity}.`,
  ],
  'method-defined-elsewhere': [
    'warning',
    (method: string) =>
      `Another script of the page defines ${method} too. Whichever runs last answers Live Assist. Remove the other function.`,
  ],

  // The tag's file
  'tag-file-unreachable': [
    'error',
    (reason: string) => `The tag's file cannot be loaded: ${reason}. Check the address in src.`,
  ],
  'tag-file-missing': [
    'error',
    (status: number) =>
      `The address in the tag's src answered ${status}. Copy live-assist-bridge.umd.js there, or correct src.`,
  ],
  'tag-file-not-loaded': ['warning', (why: string) => `The tag's file was not examined: ${why}.`],
  'tag-file-html': [
    'error',
    () =>
      "The address in the tag's src answers with an HTML page, so the browser runs nothing. Does the site answer unknown addresses with its start page? Copy live-assist-bridge.umd.js there, or correct src.",
  ],
  'tag-file-type': [
    'error',
    (type: string) =>
      `The tag's file comes with the Content-Type ${type}, which browsers do not run as a script. Send text/javascript.`,
  ],
  'tag-file-module': [
    'error',
    () =>
      "The tag's file is a part of the package for bundlers. A tag needs the file live-assist-bridge.umd.js from the package's dist folder.",
  ],
  'tag-file-broken': [
    'error',
    () =>
      "The tag's file is not valid JavaScript: it was cut or changed on the way. Copy it again, and exempt it from tools that rewrite scripts.",
  ],
  'tag-file-other': [
    'warning',
    () =>
      "The tag's file does not name live-assist-bridge, so it may be another script. Compare it with live-assist-bridge.umd.js of the package.",
  ],
  'tag-file-outdated': [
    'error',
    (version: string, fault: string) =>
      `The tag's file is live-assist-bridge ${version}, which has a known fault: ${fault}. Copy the file of the installed package to its place, and renew its integrity.`,
  ],
  'tag-file-version': [
    'note',
    (version: string, own: string) =>
      `The tag's file is live-assist-bridge ${version}; this command is ${own}. Use the same version of both.`,
  ],
  'tag-file-cors': [
    'error',
    () =>
      'The tag loads its file from another origin in CORS mode (crossorigin, or type=module), and the answer has no fitting Access-Control-Allow-Origin. The browser does not run it. Send that header, or serve the file from the site itself.',
  ],
  'tag-integrity': [
    'error',
    () =>
      "The tag's file does not match the integrity in the tag, so browsers do not run it. Either the file is of another version, or something on the way changes it. `npx live-assist-bridge tag` prints the integrity of the installed file.",
  ],
  'tag-integrity-malformed': [
    'warning',
    () =>
      "The tag's integrity holds no hash that browsers know (sha256, sha384 or sha512 in base64), so they ignore it. `npx live-assist-bridge tag` prints the right one.",
  ],
  'tag-integrity-crossorigin': [
    'error',
    () =>
      'The tag has an integrity for a file of another origin but no crossorigin attribute, so browsers do not run the file. Add crossorigin="anonymous".',
  ],

  // Policies, preloads, caches
  'csp-script': [
    'error',
    (directive: string) =>
      `The Content-Security-Policy of the page forbids the tag's file (${directive}). Add the file's origin, the nonce of the tag, or its hash.`,
  ],
  'csp-endpoint': [
    'error',
    (directive: string) =>
      `The Content-Security-Policy of the page forbids requests to the token endpoint (${directive}). Add its origin to connect-src.`,
  ],
  'endpoint-preloaded': [
    'warning',
    (by: string) =>
      `The page preloads the token endpoint (${by}). Every view of the page then mints a token that nobody uses, and other scripts may receive a former visitor's token. Remove the preload.`,
  ],
  'page-from-cache': [
    'error',
    (how: string) =>
      `The page has data-visitor and came out of a shared cache (${how}): one visitor gets the page of another. Exempt pages of signed-in visitors from the cache.`,
  ],
  'page-shared': [
    'error',
    (directive: string) =>
      `The page has data-visitor, and shared caches may keep it (${directive}): one visitor then gets the page of another. Send "Cache-Control: private, no-cache" with it, or no-store.`,
  ],
  'page-cache-unsaid': [
    'warning',
    () =>
      'The page has data-visitor and no Cache-Control header, so caches follow rules of their own. Send "Cache-Control: private, no-cache" with it.',
  ],
  'page-visitor-empty': [
    'warning',
    () =>
      'The page says that nobody is signed in (data-visitor=""), although headers of a visitor were sent. Have they expired, or does a cache answer with the page of a guest?',
  ],

  // What is there
  'page-tag': [
    'note',
    (endpoint: string) =>
      `The tag asks ${endpoint}. To examine that address: \`npx live-assist-bridge diagnose ${endpoint} --header "@cookie.txt"\`.`,
  ],
  'page-bridge-in-script': [
    'note',
    (file: string) =>
      `${file} contains live-assist-bridge, so the site may create the bridge there. Its options are not visible in static HTML.`,
  ],
  'page-other-account': [
    'warning',
    (account: string, compared: string) =>
      `The page loads Live Assist for the account ${account}, and ${compared} was given. The settings of ${compared} say nothing about this page: give \`--account ${account}\`, or examine a page of that account.`,
  ],
  'page-account': [
    'note',
    (account: string, standIn: string | undefined) =>
      standIn
        ? `The page loads a stand-in for Live Assist with the account ${account}. To compare its settings: \`npx live-assist-bridge diagnose --account ${account} --account-url ${standIn}\`.`
        : `The page loads Live Assist for the account ${account}. To compare its settings: \`npx live-assist-bridge diagnose --account ${account}\` (not tried with a real account).`,
  ],
  'page-no-engagement': [
    'note',
    () =>
      'The HTML names no script of Live Assist. A tag manager or another script may load it; its order with the tag was not judged.',
  ],
  'page-static': [
    'note',
    () =>
      'Static HTML does not show what scripts do later: tags that a tag manager or a consent tool adds or changes, functions that replace the method, service workers, and whether a visitor is recognised. To check, type `await liveAssistBridge.bridge.getToken()` in the console of the page.',
  ],
} as const satisfies FindingTable;
