/**
 * The screen on which an administrator enters what Live Assist needs.
 *
 * @module
 */
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { type ConfigurationStore, findProblems, readProduct } from './configuration.js';
import { configurationPage } from './configuration-page.js';

export function createConfigurationRoutes(origin: string, store: ConfigurationStore): Hono {
  const app = new Hono();
  app.use(csrf({ origin }));
  app.get('/', (c) =>
    c.html(configurationPage({ entered: store.now(), isSaved: c.req.query('saved') !== undefined })),
  );

  app.post('/', async (c) => {
    const form = await c.req.formData().catch(() => new FormData());
    const field = (name: string) => String(form.get(name) ?? '').trim();
    const entered = {
      publicKey: field('publicKey'),
      issuer: field('issuer'),
      methodName: field('methodName'),
      product: readProduct(field('product')),
      isOldTag: form.has('isOldTag'),
    };
    const problems = await findProblems(entered);
    if (Object.keys(problems).length === 0) {
      store.save(entered);
      return c.redirect('/configuration?saved', 303);
    }
    // The page shows again what was entered, except for a private key.
    const publicKey = entered.publicKey.includes('PRIVATE KEY') ? '' : entered.publicKey;
    return c.html(configurationPage({ entered: { ...entered, publicKey }, problems }), 422);
  });
  return app;
}
