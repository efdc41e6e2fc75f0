/**
 * The script tag's entry: installs a bridge from the tag's attributes.
 *
 * @module
 */
import { type Bridge, createBridge as create } from './bridge.js';
import { BridgeError as OwnBridgeError } from './errors.js';
import type { BridgeOptions } from './options.js';
import { ourMethod } from './page/method.js';
import { listen, root } from './page/native.js';
import { stampVisitor } from './page/stamp.js';
import { allTags, methodNameOf, printedVisitor, type ScriptTag, visitorOfTags } from './page/tag-visitor.js';
import { warn } from './page/warn.js';
import { readAttributes } from './read-attributes.js';
import { defaults, identitiesProblem } from './resolve-options.js';

let isUsed = false;

/** What an earlier copy of this file has published. All copies on a page share one set of names and one error class. */
const { liveAssistBridge } = root as {
  liveAssistBridge?: { createBridge?: typeof create; BridgeError?: typeof OwnBridgeError; bridge?: Bridge };
};
// Copied, because this file's own exports may be assigned to the same object.
const earlier = { ...liveAssistBridge };

export const BridgeError = earlier.BridgeError ?? OwnBridgeError;

/** The module's `createBridge`. */
export const createBridge =
  earlier.createBridge ??
  ((options: BridgeOptions): Bridge => {
    isUsed = true;
    return create(options);
  });

/** The bridge that the tag's attributes describe; `undefined` for a tag without `data-token-endpoint`. */
export const bridge: Bridge | undefined =
  (typeof document === 'undefined' ? undefined : start()) ?? earlier.bridge;

function start(): Bridge | undefined {
  const { currentScript } = document;
  // Modules have no current script, and optimisers and tag managers move scripts. Then every tag with the attribute
  // counts, provided that their method names differ.
  const tags = currentScript?.dataset.tokenEndpoint === undefined ? allTags() : [currentScript];
  const names = tags.map(methodNameOf);
  if (tags.length > 0 && names.every((name, index) => names.indexOf(name) === index))
    return tags.map(install)[0];

  const complain = () =>
    isUsed ||
    earlier.createBridge ||
    warn(
      tags.length > 0
        ? 'Several script tags have data-token-endpoint. Keep one, or call createBridge().'
        : 'No data-token-endpoint on a script tag outside of shadow roots, and no createBridge(). Add one, or chats stay anonymous.',
    );
  // Waits for one turn after load, so that a createBridge() call in the page's own load handler counts. A module loader
  // needs longer: RequireJS calls back four milliseconds after the files have arrived, and it may still be loading
  // others.
  const wait = () => {
    listen('removeEventListener', 'load', wait);
    setTimeout(complain, 'define' in root ? 1000 : 0);
  };
  try {
    if (document.readyState === 'complete') wait();
    else listen('addEventListener', 'load', wait);
  } catch {
    // The page has replaced setTimeout.
  }
  return undefined;
}

function install(tag: ScriptTag): Bridge | undefined {
  const { options, problems } = readAttributes(tag);
  const methodName = String(options.methodName ?? defaults.methodName);
  const visitor = printedVisitor(tag);
  if (visitor !== undefined) stampVisitor(visitor);
  const method = ourMethod(methodName);
  if (method) {
    adopt(method, tag);
    return earlier.bridge;
  }
  // Without a usable address the visitor gets the offline survey at once, instead of a window that waits.
  if (!options.tokenEndpoint)
    options.fetchToken = async () => {
      throw new BridgeError('endpoint-failed', undefined, problems.join(' '));
    };
  options.visitor = visitorOfTags(tag, methodName);
  if (options.identities && visitor === undefined) {
    options.identities = false;
    problems.push(identitiesProblem);
  }
  if (problems.length) warn(`${problems.join(' ')}${options.tokenEndpoint ? ' The default is used.' : ''}`);
  try {
    const made = createBridge(options as unknown as BridgeOptions);
    Object.assign(made.authoriseChatWithCallback, { tag });
    return made;
  } catch (error) {
    const { message } = error as Error;
    // Any other error means that the page has replaced a part of JavaScript, which the end of the file explains.
    if (!message.startsWith(methodName)) throw error;
    warn(message);
    return undefined;
  }
}

/** Makes the existing bridge read a new tag. A router that replaces the page without loading runs the file again. */
function adopt(method: { tag?: ScriptTag }, tag: ScriptTag): void {
  const former = method.tag;
  // A router that merges heads leaves the former tag in place. That tag states the former visitor, so it must not be
  // read.
  const isReplaced =
    former !== tag &&
    document.readyState === 'complete' &&
    former &&
    printedVisitor(former) !== printedVisitor(tag);
  if (!former) warn('createBridge() has made this method. Remove that or the tag.');
  else if (isReplaced) delete former.dataset.tokenEndpoint;
  else if (former.isConnected) warn('The file is on this page twice. Remove one of the two tags.');
  method.tag = tag;
}
