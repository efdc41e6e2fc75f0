import { overHttp, testServerExamples } from '../package/server-example-suite.js';

testServerExamples({
  express: async () => overHttp((await import('readme:express.js')).app),
  async fastify() {
    const { app } = await import('readme:fastify.js');
    await app.ready();
    return overHttp(app.routing);
  },
});
