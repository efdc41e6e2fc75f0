/**
 * What the servers of all actors share: one address, strict headers, files, and errors as one sentence.
 *
 * @module
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';

/** Returns a file for browsers by its path, such as `look/look.css`, or undefined if there is none. */
export type PageFiles = (path: string) => Promise<{ type: string; text: string } | undefined>;

export interface ActorOptions {
  name: string;
  origin: string;
  /** Other hosts, port included, at which this actor also answers. */
  alsoAt?: string[];
  files: PageFiles;
  /** Other origins from which this actor's pages load scripts and styles, and to which they send requests. */
  uses?: string[];
  /** Other origins that this actor's pages ask whether they are running. */
  asks?: string[];
  /** Other origins that this actor's pages show in frames. */
  shows?: string[];
  /** Other origins that may show this actor's pages in frames. */
  shownBy?: string[];
}

/** Creates an app that answers only under its own address, as a protection against DNS rebinding. */
export function createActor({
  name,
  origin,
  alsoAt = [],
  files,
  uses = [],
  asks = [],
  shows = [],
  shownBy = [],
}: ActorOptions): Hono {
  const app = new Hono();
  const hosts = [new URL(origin).host, ...alsoAt];
  app.use(async (c, next) => {
    if (hosts.includes(c.req.header('host') ?? '')) return next();
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(origin + pathname + search);
  });
  // Pages and answers contain personal data. Handlers below may relax these headers.
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  });
  app.use(
    secureHeaders({
      strictTransportSecurity: false,
      xFrameOptions: false,
      crossOriginResourcePolicy: 'cross-origin',
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", ...uses],
        styleSrc: ["'self'", ...uses],
        connectSrc: ["'self'", ...uses, ...asks],
        imgSrc: ["'self'"],
        frameSrc: shows.length ? shows : ["'none'"],
        frameAncestors: shownBy.length ? shownBy : ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
      },
    }),
  );
  app.use(
    bodyLimit({
      maxSize: 64 * 1024,
      onError: (c) => c.json({ message: 'That is too long. Shorten it.' }, 413),
    }),
  );
  app.get('*', async (c, next) => {
    const file = await files(c.req.path.slice(1));
    if (!file) return next();
    return c.body(file.text, 200, {
      'Content-Type': file.type,
      'Cache-Control': 'no-cache',
      // The engagement's files are loaded by pages of another origin, as the vendor's are.
      'Access-Control-Allow-Origin': '*',
    });
  });
  app.notFound((c) => c.text(`${name} has no such page. Start at ${origin}/`, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    console.error(`${name}: ${error.message}`);
    return c.text(`${name} failed. The reason is in the terminal.`, 500);
  });
  return app;
}
