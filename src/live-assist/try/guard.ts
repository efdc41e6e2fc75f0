/**
 * Decides which requests the stand-in on a developer's machine answers: by Host, Origin and the peer's address.
 *
 * @module
 */
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';

export interface GuardOptions {
  /** The origin of desk, configuration and steps. */
  origin: string;
  /** Other names of the same server on this machine, as hosts with the port. */
  localHosts: string[];
  /** The host for other machines, if there is one. It serves only the engagement. */
  sharedHost: string | undefined;
  /** Whether pages of this origin may load the engagement. */
  isSite: (origin: string) => boolean;
}

/** The routes that pages of the site use. */
const forSites = /^\/(engagement|visitor)\//;

/** Routes for commands, which send no Origin, unlike a browser's POST. These routes change nothing. */
const forCommands = /^\/api\/account\//;

/**
 * Answers 403 on every route to foreign pages, to other machines, and to foreign host names that lead here (DNS
 * rebinding).
 */
export function createGuard(options: GuardOptions): MiddlewareHandler<{ Bindings: HttpBindings }> {
  const { origin, localHosts, sharedHost, isSite } = options;
  const isOwn = (asked: string) => localHosts.some((host) => asked === `http://${host}`) || asked === origin;

  return async (c, next) => {
    const refuse = (sentence: string) => c.text(`${sentence}\n`, 403, { 'Cache-Control': 'no-store' });
    const host = c.req.header('host') ?? '';
    const isForSites = forSites.test(c.req.path);
    const isLocal = localHosts.includes(host) && isLoopback(c.env.incoming.socket.remoteAddress);
    if (!isLocal && (host !== sharedHost || !isForSites))
      return refuse(`The stand-in answers on its own machine only, at ${origin}.`);

    const asked = c.req.header('origin');
    const site = c.req.header('sec-fetch-site') ?? '';
    // With the policy no-referrer, browsers send the Origin "null" with our own forms.
    const isOwnForm = asked === 'null' && site === 'same-origin';
    if (asked !== undefined && !isOwnForm && !isOwn(asked) && !(isForSites && isSite(asked)))
      return refuse('Pages of this origin may not use the stand-in. Name the origin: --site ORIGIN.');
    const isRead = ['GET', 'HEAD'].includes(c.req.method);
    if (asked === undefined && !isRead && !forCommands.test(c.req.path))
      return refuse('A request that changes something needs an Origin.');
    // Browsers send no Origin with images, styles, classic scripts and navigation.
    const isFromElsewhere = /^(cross|same)-site$/.test(site);
    const isFollowed = c.req.header('sec-fetch-mode') === 'navigate';
    if (asked === undefined && isFromElsewhere && !isFollowed && !isForSites)
      return refuse('Pages of another site may not use the stand-in.');
    await next();
    // An earlier form of Chrome's question whether a page may reach this machine.
    if (c.req.header('access-control-request-private-network'))
      c.header('Access-Control-Allow-Private-Network', 'true');
  };
}

function isLoopback(address: string | undefined): boolean {
  return /^(::ffff:)?127(\.\d+){3}$|^::1$/i.test(address ?? '');
}
