/**
 * Types the package's own name with the sources, so that `tsc` needs no build. Unit tests also run the sources; the demo and
 * the browser tests run the built package.
 */
declare module 'live-assist-bridge' {
  export * from 'sources/bridge/index.js';
}
declare module 'live-assist-bridge/server' {
  export * from 'sources/server/index.js';
}
declare module 'live-assist-bridge/testing' {
  export * from 'sources/testing/engagement.js';
}
declare module 'live-assist-bridge/testing/playwright' {
  export * from 'sources/testing/playwright.js';
}
