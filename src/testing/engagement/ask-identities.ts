/**
 * Plays the messaging tag: asks every function in `lpTag.identities` for the visitor's identity.
 *
 * @module
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '@playwright/test';

/** What a page's identity function returns for a signed-in visitor. */
export interface Identity {
  iss: string;
  acr: 'loa1';
  sub: string;
}

/** The result of asking, as returned from the page. */
interface Asked {
  given: unknown[];
  /** A sentence, if a function did not answer exactly once. */
  defect?: string;
}

/** If the page has not ended the wait this many milliseconds after its limit, the kit ends it. */
const grace = 500;

/** Runs in the page, so it refers to nothing outside itself. */
function ask(limit: number): Promise<Asked> {
  const list: unknown = Reflect.get(Object(Reflect.get(globalThis, 'lpTag')), 'identities');
  const functions = Array.isArray(list) ? list.filter((entry) => typeof entry === 'function') : [];
  return Promise.all(
    functions.map(
      (identity) =>
        new Promise<{ given: unknown; defect?: string }>((resolve) => {
          let answers = 0;
          const answer = (defect?: string) => (given?: unknown) =>
            resolve({ given, ...(defect && { defect }) });
          setTimeout(answer(`A function in lpTag.identities did not call back within ${limit} ms.`), limit);
          try {
            identity((given?: unknown) => {
              answers += 1;
              // Waits one turn for a second answer in immediate succession, by a task that no fake clock delays.
              const channel = new MessageChannel();
              channel.port1.onmessage = () => {
                channel.port1.close();
                answer(answers > 1 ? `A function in lpTag.identities called back ${answers} times.` : '')(
                  given,
                );
              };
              channel.port2.postMessage(undefined);
            });
          } catch (error) {
            answer(`A function in lpTag.identities threw "${String(error).slice(0, 200)}".`)();
          }
        }),
    ),
  ).then((all) => {
    const defect = all.find((one) => one.defect)?.defect;
    return { given: all.map(({ given }) => given), ...(defect !== undefined && { defect }) };
  });
}

/**
 * Returns the answers of the page's identity functions in order, or an empty list if there is no function.
 *
 * @throws Error if a function throws, does not call back within `limit` milliseconds, or calls back twice, or if an
 * answer is neither `null` nor `{ iss, acr: 'loa1', sub }`.
 */
export async function askIdentities(
  page: Pick<Page, 'evaluate'>,
  limit: number,
): Promise<(Identity | null)[]> {
  // The longest delay that Node's timers support, less `grace`.
  const most = Math.min(limit, 2 ** 31 - 1 - grace);
  const over = new AbortController();
  // The page measures its limit by its own clock, which may be stopped.
  const late = delay(
    most + grace,
    { given: [], defect: 'No answer came: the page’s clock stands still.' },
    over,
  );
  const { given, defect } = await Promise.race<Asked>([
    page.evaluate<Asked>(`(${ask})(${most})`),
    late.catch(() => ({ given: [] })),
  ]).finally(() => over.abort());
  if (defect !== undefined) throw new Error(defect);
  return given.map((identity) => {
    if (identity === null || isIdentity(identity)) return identity;
    throw new Error(
      `A function in lpTag.identities answered ${JSON.stringify(identity)?.slice(0, 200)}. It must answer { iss, acr: "loa1", sub } with text values, or null for a guest.`,
    );
  });
}

function isIdentity(value: unknown): value is Identity {
  const { iss, acr, sub } = Object(value) as Partial<Record<keyof Identity, unknown>>;
  return [iss, sub].every((part) => typeof part === 'string' && part !== '') && acr === 'loa1';
}
