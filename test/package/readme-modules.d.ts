declare module 'readme:plain.js' {
  export function signedOut(): void;
}
declare module 'readme:own.js' {}
declare module 'readme:react.js' {
  export function useLiveAssist(visitor: string | null): () => void;
}
declare module 'readme:vue.js' {
  export function useLiveAssist(visitor: { value: string | null }): import('live-assist-bridge').Bridge;
}
declare module 'readme:node.js' {
  export const server: import('node:http').Server;
}
declare module 'readme:express.js' {
  export const app: import('node:http').RequestListener;
}
declare module 'readme:fastify.js' {
  export const app: { ready(): PromiseLike<unknown>; routing: import('node:http').RequestListener };
}
declare module 'readme:hono.js' {
  export const app: import('hono').Hono;
}
declare module 'readme:next.js' {
  export function GET(request: Request): Promise<Response>;
}
declare module 'readme:workers.js' {
  const worker: { fetch(request: Request): Promise<Response> };

  export { worker as default };
}
declare module 'readme:session.js' {
  export function tokenEndpoint(options: {
    mint: import('live-assist-bridge/server').Mint;
  }): import('node:http').RequestListener;
}
declare module 'readme:keyvault.js' {
  export const mint: import('live-assist-bridge/server').Mint;
}
declare module 'readme:opentelemetry.js' {
  export function onAnswer(answer: import('live-assist-bridge/server').TokenAnswer): void;
  export function onError(error: unknown): void;
}
declare module 'readme:application-insights.js' {}
declare module 'readme:audit.js' {
  export function onAnswer(answer: import('live-assist-bridge/server').TokenAnswer): void;
}
