/**
 * What `init` knows about the site: its folder, its framework, and the answers given.
 *
 * @module
 */
import type { NewFile } from '../output/write-new-files.js';

export const frameworks = ['express', 'next', 'aspnetcore', 'php'] as const;

export type Framework = (typeof frameworks)[number];

export const titles: Record<Framework, string> = {
  express: 'Express',
  next: 'Next',
  aspnetcore: 'ASP.NET Core',
  php: 'PHP',
};

/** The answers, from options or from the terminal. */
export interface Answers {
  issuer: string;
  /** GUID of the contact that a guest on this machine becomes. */
  contact: string;
  /** Folder of the keys, absolute. */
  keys: string;
}

/** What is written for one framework, and what the developer has to do. */
export interface Setup {
  /** Files besides the keys. Those that exist are kept. */
  files: NewFile[];
  /** Path of the token endpoint. */
  endpoint: string;
  /** Address of the tag's file. */
  tagSource: string;
  /** What to add to the site's source: where, and which lines. */
  add: { where: string; lines: string[] };
  /** The settings, as lines for the place that this framework reads them from. */
  settings: { where: string; lines: string[] };
  /** Starts the site with the trial's settings, in one line. */
  start: string;
  /** The function in which the developer says who is signed in. */
  replace: string;
  /** What only this framework leaves to the developer, before the site is public. */
  remains?: string;
  /** Where the site is while it is developed. */
  url: string;
}

/** A folder that can be set up. */
export interface Project {
  directory: string;
  framework: Framework;
  /** The folder that is served to browsers, absolute; undefined if the framework does not serve a folder by itself. */
  webRoot: string | undefined;
  /** Throws UsageError if this project cannot be set up. */
  setUp(answers: Answers): Setup;
}

/** The package's own file, for copies into the site. */
export const packageFile = (path: string) => new URL(`../../../${path}`, import.meta.url);
