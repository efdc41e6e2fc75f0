/**
 * Shares access tokens among look-ups that need one at the same time.
 *
 * @module
 */
import { isAccessToken } from './access-token.js';
import type { AccessTokenSource } from './access-token-source.js';

/** An access token, with the number of the request that returned it. */
export interface HeldToken {
  token: string;
  round: number;
}

export interface AccessTokens {
  /** Returns a token. While one is being requested, every caller waits for that token. */
  get(): Promise<HeldToken>;
  /** Returns a newer token than `refused`, which Dynamics has refused. Many look-ups share one renewal. */
  renew(refused: HeldToken): Promise<HeldToken>;
}

/** @param patience How long callers join a request that is still unanswered, in milliseconds. */
export function createAccessTokens(source: AccessTokenSource, patience: number): AccessTokens {
  let rounds = 0;
  let pending: { answer: Promise<HeldToken>; renew: boolean; since: number } | undefined;
  let renewed: HeldToken | undefined;

  const ask = (renew: boolean): Promise<HeldToken> => {
    const round = ++rounds;
    const answer = (async () => ({ token: requireToken(await source({ renew })), round }))();
    const mine = { answer, renew, since: Date.now() };
    pending = mine;
    const done = () => {
      if (pending === mine) pending = undefined;
    };
    answer.then((held) => {
      if (renew) renewed = held;
      done();
    }, done);
    return answer;
  };

  /** A request that is never answered must not block all later callers. */
  const joinable = () => (pending && Date.now() - pending.since < patience ? pending : undefined);

  return {
    get: () => joinable()?.answer ?? ask(false),
    async renew(refused) {
      const question = joinable();
      if (question?.renew) return question.answer;
      return renewed && renewed.round > refused.round ? renewed : ask(true);
    },
  };
}

function requireToken(token: unknown): string {
  if (isAccessToken(token)) return token;
  throw new TypeError(
    'The access token is not usable. accessToken or credential must return it as text, without "Bearer" and line breaks.',
  );
}
