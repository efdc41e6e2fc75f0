/**
 * The script that the messaging tag loads: asks the functions in `lpTag.identities` who the visitor is.
 *
 * @module
 */
import type { LpTag, PageIdentity } from './messaging-tag.js';

/** How long a page may take to answer, in milliseconds. */
const limit = 10_000;

/** Returns the first identity that a function answers, or null if all answer null, with the number of functions. */
function askIdentities(list: unknown): Promise<[identity: PageIdentity | null, functions: number]> {
  const functions = (Array.isArray(list) ? list : []).filter((entry) => typeof entry === 'function');
  return new Promise((resolve) => {
    const end = (identity: PageIdentity | null) => resolve([identity, functions.length]);
    let silent = functions.length;
    if (silent === 0) return end(null);
    setTimeout(end, limit, null);
    for (const identity of functions)
      identity((given?: Partial<PageIdentity> | null) => {
        if (typeof given?.iss === 'string' && typeof given.sub === 'string')
          end({ iss: given.iss, sub: given.sub });
        else if (--silent === 0) end(null);
      });
  });
}

const page = window as { lpTag?: LpTag };
if (page.lpTag) page.lpTag.askIdentities = askIdentities;
