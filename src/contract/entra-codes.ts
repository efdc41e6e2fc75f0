/**
 * Explains the numbers with which Microsoft Entra ID refuses an access token for Dynamics.
 *
 * Source: Microsoft's "Microsoft Entra authentication and authorization error codes" (2025), and public reports.
 *
 * @module
 */

export interface EntraCode {
  fact: string;
  remedy: string;
}

/** By number, as in AADSTS7000222. The numbers are not secret. docs/dynamics-setup.md shows the most common ones. */
export const entraCodes: Readonly<Record<string, EntraCode>> = {
  '700016': {
    fact: 'The application is not known in this tenant',
    remedy: 'Correct the client id or the tenant id.',
  },
  '7000215': {
    fact: 'The client secret is wrong',
    remedy: "Set the secret's value. Often its id was copied instead.",
  },
  '7000222': {
    fact: 'The client secret has expired',
    remedy: 'Create a new secret for the application, and set its value on the server.',
  },
  '90002': {
    fact: 'The tenant does not exist',
    remedy: 'Correct the tenant id in the address of the token endpoint of Entra.',
  },
  '500011': {
    fact: 'The organisation is not known in this tenant',
    remedy: 'Correct the address of Dynamics in the scope, or use the tenant in which it is.',
  },
  '900023': {
    fact: 'The tenant id is neither a GUID nor a domain',
    remedy: 'Correct the tenant id in the address of the token endpoint of Entra.',
  },
  '7000112': {
    fact: 'The application is disabled',
    remedy: 'Enable the application for sign-in in the Entra admin center, under Enterprise applications.',
  },
  '7000216': {
    fact: 'The request has no client secret',
    remedy: 'Set the client secret on the server: its variable is empty there.',
  },
  '700027': {
    fact: "The client's certificate is not registered, or has expired",
    remedy: 'Upload the certificate to the application in the Entra admin center.',
  },
  '70011': {
    fact: 'The scope is not valid',
    remedy:
      'Write the scope as https://ORG.crm4.dynamics.com/.default, with the address of your organisation.',
  },
  '1002012': {
    fact: 'The scope does not end with /.default',
    remedy:
      'Write the scope as https://ORG.crm4.dynamics.com/.default, with the address of your organisation.',
  },
  '900144': {
    fact: 'The request lacks a parameter',
    remedy: 'Send grant_type, client_id, client_secret and scope in the body, form-encoded.',
  },
  '65001': {
    fact: 'Nobody has consented to the permission',
    remedy: "Let an administrator grant consent under the application's API permissions.",
  },
  '53003': {
    fact: 'A Conditional Access policy blocks the sign-in',
    remedy: "Exempt the application from the policy, or add the server's address to the allowed locations.",
  },
  '50076': {
    fact: 'The user has to confirm the sign-in with a second factor',
    remedy: 'Sign in again: az login. A server signs in as an application, which needs no second factor.',
  },
  '50173': {
    fact: 'The sign-in was revoked, for example after a change of the password',
    remedy: 'Sign in again: az login.',
  },
  '700082': {
    fact: 'The sign-in has expired because it was not used for long',
    remedy: 'Sign in again: az login.',
  },
};

/** Returns the number of Entra's refusal in a text, such as `7000222`, or `undefined` if there is none. */
export function entraCodeIn(text: string): string | undefined {
  return /\bAADSTS(\d{4,8})\b/.exec(text)?.[1];
}

/** Returns what the number means and what to do. */
export function explainEntraCode(number: string): EntraCode {
  return (
    (Object.hasOwn(entraCodes, number) ? entraCodes[number] : undefined) ?? {
      fact: 'Microsoft Entra ID refused an access token',
      remedy: `Its meaning is at https://login.microsoftonline.com/error?code=${number}.`,
    }
  );
}
