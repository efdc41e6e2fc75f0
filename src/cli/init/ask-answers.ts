/**
 * Finds out what `init` has to know: from the options, from an earlier run, or by asking.
 *
 * @module
 */
import { parseGuid } from '../../contract/guid.js';
import type { Asker } from '../input/ask.js';
import { requireIssuer } from '../input/require-setting.js';
import { UsageError } from '../usage-error.js';
import type { Answers } from './project.js';
import { earlierAnswers } from './trial-settings.js';

/** Stands for a contact until a real one is named. */
const inventedContact = '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01';

/** @throws UsageError for what is missing or wrong, or differs from the settings that an earlier run has written. */
export async function askAnswers(
  given: { issuer?: string; contact?: string },
  keys: string,
  asker: Asker,
): Promise<Answers> {
  const earlier = earlierAnswers(keys);
  const issuer = requireIssuer(
    given.issuer ??
      earlier.issuer ??
      (await asker.ask({
        text: "Give the site's name as its tokens will carry it, like www.example.com.",
        option: '--issuer',
      })),
  );
  const contact = requireContact(
    given.contact ??
      earlier.contact ??
      (await asker
        .ask({
          text: 'GUID of a contact of yours, for the trial?',
          option: '--contact',
          otherwise: inventedContact,
        })
        // Without a terminal, nobody can answer.
        .catch(() => inventedContact)),
  );
  // The file of settings is kept, so another answer would be printed and not used.
  requireSame('issuer', issuer, earlier.issuer, keys);
  requireSame('contact', contact, parseGuid(earlier.contact) ?? earlier.contact, keys);
  return { issuer, contact, keys };
}

function requireContact(text: string): string {
  const id = parseGuid(text);
  if (id) return id;
  throw new UsageError('--contact is not a GUID. Give the GUID of a contact in Dynamics (its contactid).');
}

function requireSame(name: string, now: string, earlier: string | undefined, keys: string): void {
  if (earlier === undefined || earlier === now) return;
  throw new UsageError(
    `An earlier run used the ${name} ${earlier}. Leave out --${name}, or delete the file trial.* in ${keys} first.`,
  );
}
