/**
 * Doubles of the messaging tag, written from its documented behaviour: an inline snippet, and the script that it loads.
 *
 * @module
 */

/** Replaces `lpTag` as the snippet does. The old one (1.6.0) drops `identities`, the new one (1.10.0) keeps the array. */
export const snippet = (version: 'old' | 'new', src = '/vendor.js') => `<script>
  window.lpTag = window.lpTag || {};
  if (lpTag._tagCount === undefined) window.lpTag = {
    _tagCount: 1, section: lpTag.section ?? ['energy'],
    ${version === 'new' ? 'identities: lpTag.identities || [],' : ''}
  };
  else lpTag._tagCount += 1;
  document.head.append(Object.assign(document.createElement('script'), { src: '${src}' }));
</script>`;

/**
 * Asks every function when the page has loaded, because the real tag loads more scripts first, and again for each
 * `newPage`. `heard` contains the rounds of answers.
 */
export const vendorScript = `
  window.heard ??= [];
  window.askIdentities = () => {
    const round = [];
    heard.push(round);
    for (const identity of lpTag.identities ?? []) identity((...given) => round.push(given));
  };
  lpTag.newPage = (url, options) => { lpTag.pages = [...(lpTag.pages ?? []), [url, options]]; askIdentities(); };
  if (document.readyState === 'complete') setTimeout(askIdentities); else addEventListener('load', askIdentities);
`;
