/**
 * Reads one identity provider ("connector") as an account publishes it, and tolerates what is missing.
 *
 * @module
 */
import { own } from '../../contract/own.js';
import { kindOf } from '../kind-of.js';

/** The fields of a configuration that are read, by the name on Live Assist's screen. */
export const fieldNames = {
  jwtValidationType: 'validation type',
  jwtPublicKey: 'JWT Public Key',
  issuer: 'JWT Issuer',
  jsMethodName: 'JS Method Name',
  jsContext: 'JS Context',
  authorizationEndpoint: 'Authentication Endpoint',
} as const;

/** Further fields, which are only shown. */
const further = ['issuerDisplayName', 'jwksEndpoint'] as const;

export type FieldName = keyof typeof fieldNames;

export interface Connector {
  id?: string | undefined;
  name?: string | undefined;
  /** 1 is implicit, 2 is code flow. */
  type?: number | undefined;
  deleted?: boolean | undefined;
  /** The fields that are published as text. */
  fields: Partial<Record<FieldName | (typeof further)[number], string | undefined>>;
  /** Names of fields that are missing or null. */
  unpublished: string[];
  /** Fields with an unexpected type, in words without the value: "jsMethodName is a list". */
  unreadable: string[];
}

/** Reads an identity provider from a value of the account's list. Returns `undefined` if the value is not an object. */
export function readConnector(value: unknown): Connector | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const unpublished: string[] = [];
  const unreadable: string[] = [];
  const read = <T>(holder: unknown, key: string, label: string, take: (value: unknown) => T | undefined) => {
    const published = own(holder, key);
    const taken = published === undefined || published === null ? undefined : take(published);
    if (published === undefined || published === null) unpublished.push(label);
    else if (taken === undefined) unreadable.push(`${key} is ${kindOf(published)}`);
    return taken;
  };
  const configuration = own(value, 'configuration');
  const fields: Connector['fields'] = {};
  const isMissing = configuration === undefined || configuration === null;
  const isObject = !isMissing && typeof configuration === 'object' && !Array.isArray(configuration);
  if (!isMissing && !isObject) unreadable.push(`configuration is ${kindOf(configuration)}`);
  const [type, deleted] = [
    read(value, 'type', 'type', asNumber),
    read(value, 'deleted', 'deleted', asBoolean),
  ];
  // If the configuration cannot be read, its published fields are unknown.
  if (isMissing || isObject) {
    for (const [key, label] of Object.entries(fieldNames))
      fields[key as FieldName] = read(configuration, key, label, asText);
    for (const key of further) fields[key] = asText(own(configuration, key));
  }
  return {
    id: asId(own(value, 'id')),
    name: asText(own(value, 'name')) ?? fields.issuerDisplayName,
    type,
    deleted,
    fields,
    unpublished,
    unreadable,
  };
}

/** Whether the field of the configuration is published, but not as text. */
export const isUnreadable = ({ unreadable }: Connector, key: string): boolean =>
  unreadable.some((words) => words.startsWith(`${key} is `) || words.startsWith('configuration is '));

const asText = (value: unknown) => (typeof value === 'string' ? value : undefined);

function asNumber(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d{1,4}$/.test(value)) return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function asBoolean(value: unknown): boolean | undefined {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'boolean' ? value : undefined;
}

/** Returns the id if it can be part of an address. */
function asId(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[\w-]{1,64}$/.test(text) ? text : undefined;
}
