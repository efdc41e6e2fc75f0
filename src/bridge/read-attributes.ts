/**
 * Reads the options of a bridge from the attributes of its script tag.
 *
 * @module
 */
import { own } from '../contract/own.js';
import type { ScriptTag } from './page/tag-visitor.js';
import { defaults, optionNames, optionProblem } from './resolve-options.js';

/** Returns the valid options, and a sentence for each attribute that is not valid or is misspelt. */
export function readAttributes({ dataset }: ScriptTag) {
  // Without a prototype, because a page may have added `identities` to Object.prototype.
  const options: Record<string, unknown> = { __proto__: null };
  const problems: string[] = [];
  for (const name of optionNames) {
    const text = own(dataset, name);
    if (text === undefined || name === 'visitor') continue;
    const isNumber = typeof own(defaults, name) === 'number';
    const isSwitch = name === 'identities' && /^(true|false|)$/.test(text as string);
    const value = isNumber ? Number(text || Number.NaN) : isSwitch ? text !== 'false' : text;
    const problem = optionProblem(name, value);
    if (problem) problems.push(problem.replace(`option ${name}`, `attribute ${attributeOf(name)}`));
    else options[name] = value;
  }
  // HTML ignores case: data-tokenField arrives as tokenfield. Longer names, such as data-visitor-id, have no effect.
  for (const key of Object.keys(dataset))
    for (const name of optionNames)
      if (name !== key && key.toLowerCase().startsWith(name.toLowerCase()))
        problems.push(`Write ${attributeOf(name)} for ${attributeOf(key)}.`);
  return { options, problems };
}

function attributeOf(name: string): string {
  return `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
