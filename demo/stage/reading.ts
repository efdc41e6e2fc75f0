/**
 * Links to the repository's own pages, for further reading at the end of the story.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';

const root = new URL('../../', import.meta.url);

export function readingRoutes(): Hono {
  const app = new Hono();
  app.get('/:page{(README|docs/[a-z-]+)\\.md}', (c, next) => {
    const file = new URL(c.req.param('page'), root);
    return existsSync(file) ? Promise.resolve(c.text(readFileSync(file, 'utf8'))) : next();
  });
  return app;
}
