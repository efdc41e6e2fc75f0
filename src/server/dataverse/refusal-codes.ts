/**
 * Explains the codes with which Dataverse refuses to read contacts.
 *
 * Source: field reports, and Microsoft's "Web service error codes" (2025).
 *
 * @module
 */

/** What a code means, and what to do about it. */
export interface DataverseMeaning {
  fact: string;
  remedy: string;
}

/** By Dataverse's own code, in lower case. */
export const refusalCodes: Readonly<Record<string, DataverseMeaning>> = {
  '0x80072560': {
    fact: 'Dynamics knows no user for this application',
    remedy:
      'Create an application user for its client id in the Power Platform admin center, in the environment of this address.',
  },
  '0x80040225': {
    fact: 'The application user is disabled',
    remedy: 'Activate the application user in the Power Platform admin center.',
  },
  '0x80042f09': {
    fact: 'The application user has no security role',
    remedy: 'Give it a role with Read on Contact at Organization level.',
  },
  '0x80040220': {
    fact: 'The application user lacks a privilege',
    remedy: 'Give it a role with Read on Contact at Organization level.',
  },
  '0x80048306': {
    fact: 'The application user may not read this record',
    remedy: 'In its role, raise Read on Contact to Organization level.',
  },
  '0x80095ffe': {
    fact: "The environment's IP firewall blocks this server",
    remedy: "Add the server's outgoing IP address to the firewall's allowed ranges.",
  },
  '0x80095ffc': {
    fact: 'The environment blocks this application',
    remedy: "Allow the application in the environment's app access control.",
  },
};

/** Returns Dataverse's own code in an answer, such as `0x80072560`, or `undefined`. */
export function refusalCodeOf(answer: unknown): string | undefined {
  const { error } = Object(answer) as { error?: { code?: unknown } | null };
  const code = error?.code;
  return typeof code === 'string' && /^0x[\da-f]{8}$/i.test(code) ? code.toLowerCase() : undefined;
}
