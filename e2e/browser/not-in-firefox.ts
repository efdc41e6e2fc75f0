const kept = 'Firefox keeps no page when all sites share a process, and WebDriver BiDi sees no return to one';

const noCrash = 'these tests crash a page through the DevTools protocol, which Firefox does not have';

/** Tests that cannot pass in Firefox, by title, with the reason: they check behaviour of Chromium. */
export const notInFirefox: Record<string, string> = {
  'refuses as network after 3 GET for a connection that is always reset':
    'Firefox repeats a request whose connection was lost by itself: requests cannot be counted',
  'does not deliver the former visitor’s token on a page restored for the next': kept,
  'does not identify the former visitor to messaging on a page restored for the next': kept,
  'refuses a pending request before the page enters the cache': kept,
  'keeps a page eligible whose bridge was created and disposed of': kept,
  'a restored page that was printed for a visitor sends a new request': kept,
  'says that the page crashed before the method was there': noCrash,
  'says that the page crashed before the method called back': noCrash,
  'errors contain no request, response or body':
    'Firefox adds fileName, lineNumber and columnNumber to every error',
};
