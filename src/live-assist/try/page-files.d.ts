/** The files of the stand-in's pages by their paths: styles as they are, scripts bundled. The build writes this module. */
declare module 'virtual:page-files' {
  export const texts: Record<string, string>;
}
