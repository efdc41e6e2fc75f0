/** Tests that cannot hold in Firefox, by their titles, and why: what they look at is Chromium's. */
export const notInFirefox: Record<string, string> = {
  'refuses as network after 3 GET for a connection that is always reset':
    'Firefox repeats a request whose connection was lost by itself: requests cannot be counted',
  'gives no request, response or body away with an error':
    'Firefox adds fileName, lineNumber and columnNumber to every error',
};
