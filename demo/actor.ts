/** What the servers of all actors have in common: one address, strict headers, files, errors in a sentence. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { pageFiles } from './page-files.js';

export interface ActorOptions {
  name: string;
  origin: string;
  /** Folders of demo/ whose browser files are served, under their own paths. */
  folders: string[];
  /** Other origins that this actor's pages run scripts, styles and requests from. */
  uses?: string[];
  /** Other origins that this actor's pages show in frames. */
  shows?: string[];
  /** Other origins that may show this actor's pages in frames. */
  shownBy?: string[];
}

/** An app that answers at its own address only, so that no other name can be made to lead to it. */
export function createActor({
  name,
  origin,
  folders,
  uses = [],
  shows = [],
  shownBy = [],
}: ActorOptions): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    if (c.req.header('host') === new URL(origin).host) return next();
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(origin + pathname + search);
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
        connectSrc: ["'self'", ...uses],
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
  for (const folder of folders) app.route(`/${folder}`, pageFiles(folder));
  app.notFound((c) => c.text(`${name} has no such page.`, 404));
  app.onError((error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    console.error(`${name}: ${error.message}`);
    return c.text(`${name} failed. The reason is in the terminal.`, 500);
  });
  return app;
}
