const kept = 'Firefox keeps no page when all sites share a process, and WebDriver BiDi sees no return to one';

/** Tests that cannot hold in Firefox, by their titles, and why: what they look at is Chromium's. */
export const notInFirefox: Record<string, string> = {
  'refuses as network after 3 GET for a connection that is always reset':
    'Firefox repeats a request whose connection was lost by itself: requests cannot be counted',
  'delivers nothing of the former visitor on a page restored for the next': kept,
  'identifies nobody of the former visitor to messaging on a page restored for the next': kept,
  'refuses, with a request under way, before the page is put away': kept,
  'keeps a page eligible whose bridge was created and disposed of': kept,
  'a restored page that was printed for a visitor asks who is there now': kept,
  'gives no request, response or body away with an error':
    'Firefox adds fileName, lineNumber and columnNumber to every error',
};
