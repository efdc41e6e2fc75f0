/**
 * Types the package's own name with the sources, so that `tsc` needs no build. At run time, it is the built package.
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
