/** The script tag's entry: installs itself from its attributes. */
import { type Bridge, createBridge as create } from './bridge.js';
import { BridgeError as OwnBridgeError } from './errors.js';
import { type BridgeOptions, defaults, optionNames, optionProblem } from './options.js';
import { ourMethod } from './page/method.js';
import { stampVisitor } from './page/stamp.js';
import { printedVisitor, visitorOfTags } from './page/tag-visitor.js';
import { warn } from './page/warn.js';

let isUsed = false;

/** What a copy of this file that ran before has put there; a page has one set of names and one class of errors. */
const { liveAssistBridge } = globalThis as {
  liveAssistBridge?: { createBridge?: typeof create; BridgeError?: typeof OwnBridgeError; bridge?: Bridge };
};
// A copy of it: this file's own exports may be about to land in the same object.
const earlier = { ...liveAssistBridge };

export const BridgeError = earlier.BridgeError ?? OwnBridgeError;

/** As `createBridge` of the module. */
export const createBridge =
  earlier.createBridge ??
  ((options: BridgeOptions): Bridge => {
    isUsed = true;
    return create(options);
  });

/** The bridge that the tag's attributes describe; `undefined` for a tag without `data-token-endpoint`. */
export const bridge: Bridge | undefined = typeof document === 'undefined' ? undefined : start();

function start(): Bridge | undefined {
  const { currentScript } = document;
  if (currentScript?.dataset.tokenEndpoint !== undefined) return install(currentScript);
  // Optimisers and tag managers move scripts: then the only tag with the attribute is meant.
  const [tag, another] = document.querySelectorAll<HTMLScriptElement>('script[data-token-endpoint]');
  if (tag && !another) return install(tag);

  const complain = () =>
    isUsed ||
    earlier.createBridge ||
    warn('No data-token-endpoint on the script tag and no createBridge(). Add one, or chats stay anonymous.');
  // A turn later: what the page itself does when it has loaded still counts.
  const wait = () => setTimeout(complain);
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
  return undefined;
}

function install(tag: HTMLOrSVGScriptElement): Bridge | undefined {
  const { dataset } = tag;
  const options: Record<string, unknown> = {};
  const problems: string[] = [];
  let others = tag.getAttributeNames().filter((attribute) => attribute.startsWith('data-')).length;
  for (const name of optionNames) {
    // Not by own(), which would take an eighth of the tag's load.
    const text = dataset[name];
    if (text === undefined || !Object.hasOwn(dataset, name)) continue;
    others -= 1;
    if (name === 'visitor') continue;
    const isNumber = typeof defaults[name as keyof typeof defaults] === 'number';
    const value = isNumber ? Number(text || Number.NaN) : text;
    const problem = optionProblem(name, value);
    if (problem) problems.push(problem.replace(`option ${name}`, `attribute ${attributeOf(name)}`));
    else options[name] = value;
  }
  // HTML has no capitals: of data-tokenField it leaves tokenfield. And data-visitor-id would say nothing to us.
  if (others)
    for (const key of Object.keys(dataset)) {
      const name = optionNames.find((option) => key.toLowerCase().startsWith(option.toLowerCase()));
      if (name && name !== key) problems.push(`Write ${attributeOf(name)} for ${attributeOf(key)}.`);
    }
  const methodName = String(options.methodName ?? defaults.methodName);
  const visitor = printedVisitor(tag);
  if (visitor !== undefined) stampVisitor(visitor);
  const method = ourMethod(methodName);
  if (method) {
    // A page that puts the next one's body in its place has the file once, and the bridge reads the new tag.
    if (!method.tag) warn('createBridge() has made this method. Remove that or the tag.');
    else if (method.tag.isConnected) warn('The file is on this page twice. Remove one of the two tags.');
    method.tag = tag;
    return earlier.bridge;
  }
  // Without a usable address the visitor gets the offline survey at once, instead of a window that waits.
  if (!options.tokenEndpoint)
    options.fetchToken = () =>
      Promise.reject(new BridgeError('endpoint-failed', undefined, problems.join(' ')));
  options.visitor = visitorOfTags(tag, methodName);
  if (problems.length) warn(`${problems.join(' ')}${options.tokenEndpoint ? ' The default is used.' : ''}`);
  try {
    const made = createBridge(options as unknown as BridgeOptions);
    Object.assign(made.authoriseChatWithCallback, { tag });
    return made;
  } catch (error) {
    warn((error as Error).message);
    return undefined;
  }
}

function attributeOf(name: string): string {
  return `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
