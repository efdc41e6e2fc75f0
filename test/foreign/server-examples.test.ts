import { overHttp, testServerExamples } from '../docs/server-example-suite.js';

testServerExamples({
  express: async () => overHttp((await import('docs:express.ts')).app),
  async fastify() {
    const { app } = await import('docs:fastify.ts');
    await app.ready();
    return overHttp(app.routing);
  },
});
