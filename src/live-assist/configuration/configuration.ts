/**
 * Stores what the administrator has entered in a file.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { isMethodName } from '../../contract/method-name.js';
import { readPastedKey } from '../service/pasted-key.js';
import { writeWholeFile } from '../write-file.js';

export interface Configuration {
  /** JWT Public Key, on one line. */
  publicKey: string;
  /** JWT Issuer, byte for byte the token's `iss`. */
  issuer: string;
  /** JS Method Name. */
  methodName: string;
  /**
   * Which product the stand-in plays: the chat of the specification, or messaging, where an engagement is shown only to
   * visitors whom the page identifies.
   *
   * @default 'chat'
   */
  product?: Product;
  /** Plays the messaging tag that replaces `lpTag` and drops `identities`, like the vendor's 1.6.0. */
  isOldTag?: boolean;
}

export type Product = 'chat' | 'messaging';

/** The product that a form or a file names. */
export const readProduct = (value: unknown): Product => (value === 'messaging' ? value : 'chat');

export interface ConfigurationStore {
  now(): Configuration;
  save(next: Configuration): void;
  /** Uses these values until something is saved or the process ends; the file stays as it is. */
  replace(changed: Partial<Configuration>): void;
}

/** Sentences about invalid values, by field. */
export type Problems = Partial<Record<keyof Configuration, string>>;

/** @throws Error if the file contains something else. */
export function openConfiguration(file: string, firstTime: Configuration): ConfigurationStore {
  const save = (next: Configuration) => writeWholeFile(file, `${JSON.stringify(next, null, 2)}\n`);
  if (!existsSync(file)) save(firstTime);
  let current = parse(file);
  return {
    now: () => current,
    save(next) {
      save(next);
      current = next;
    },
    replace(changed) {
      current = { ...current, ...changed };
    },
  };
}

function parse(file: string): Configuration {
  try {
    const { publicKey, issuer, methodName, product, isOldTag } = JSON.parse(readFileSync(file, 'utf8'));
    if ([publicKey, issuer, methodName].every((value) => typeof value === 'string'))
      return { publicKey, issuer, methodName, product: readProduct(product), isOldTag: isOldTag === true };
  } catch {
    // The error below explains it.
  }
  throw new Error(`${file} is not Live Assist's configuration. Delete it: the next start writes a new one.`);
}

export async function findProblems({ publicKey, issuer, methodName }: Configuration): Promise<Problems> {
  const problems: Problems = {};
  await readPastedKey(publicKey).catch((error: Error) => {
    problems.publicKey = error.message;
  });
  if (!/^\S+$/.test(issuer))
    problems.issuer = 'The issuer is missing or has spaces. Enter what your tokens carry as iss.';
  if (!isMethodName(methodName))
    problems.methodName = 'This is not a method name. Enter one like authoriseChatWithCallback.';
  return problems;
}
