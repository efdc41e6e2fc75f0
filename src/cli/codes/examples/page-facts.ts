/**
 * Example facts for the findings about a page with the chat.
 *
 * @module
 */
import type { pageFindings } from '../../../diagnosis/findings/page-findings.js';
import type { ExampleFacts } from './example-facts.js';

export const pageFacts: ExampleFacts<typeof pageFindings> = {
  'page-unreachable': ['nothing listens there (ECONNREFUSED)'],
  'page-silent': [15],
  'page-status': [404],
  'page-is-sign-in': ['"https://www.example.com/sign-in"'],
  'page-not-html': ['its Content-Type is "application/json"'],
  'page-too-long': ['5 MB'],
  'tag-missing': [''],
  'tag-not-seen': ['the tag manager of the page'],
  'tag-inert': ['a comment'],
  'tag-attribute-missing': [''],
  'tag-waits': ['"text/plain"'],
  'tag-twice': [2],
  'tags-contradict': ['data-timeout'],
  'tag-address': [
    'data-token-endpoint',
    'is not an address. Write a path such as /live-assist/token, or https://',
  ],
  'tag-attribute': ['"data-token-endpont"', 'data-token-endpoint'],
  'tag-attribute-value': ['data-timeout', '"8s"'],
  'tag-file-fine': ['1.0.0', ', and matches its integrity'],
  'method-defined-elsewhere': ['"authoriseChatWithCallback"'],
  'tag-file-unreachable': ['nothing listens there (ECONNREFUSED)'],
  'tag-file-missing': [404],
  'tag-file-not-loaded': ['the page names too many files'],
  'tag-file-type': ['"text/plain"'],
  'tag-file-outdated': [
    '0.1.0',
    "a preview that can hand over a former visitor's token after the page was swapped or preloaded",
  ],
  'tag-file-version': ['1.0.0', '1.1.0'],
  'csp-script': ["script-src 'self'"],
  'csp-endpoint': ["connect-src 'self'"],
  'endpoint-preloaded': ['a Link header'],
  'page-from-cache': ['its Age is 30'],
  'page-shared': ['"public"'],
  'page-tag': ['https://www.example.com/live-assist/token'],
  'page-bridge-in-script': ['"/app.js"'],
  'page-other-account': ['12345678', '87654321'],
  'page-account': ['12345678', undefined],
};
