declare module 'docs:plain.ts' {
  export function signedOut(): void;
}
declare module 'docs:own.ts' {}
declare module 'docs:react.tsx' {
  export function useLiveAssist(visitor: string | null): () => void;
}
declare module 'docs:vue.ts' {
  export function useLiveAssist(visitor: { value: string | null }): import('live-assist-bridge').Bridge;
}
declare module 'docs:react-component.tsx' {
  export function Account(props: { visitor: string | null; signOut(): Promise<void> }): object;
}
declare module 'docs:vue-component.vue' {
  const component: object;

  export { component as default };
}
declare module 'docs:node.ts' {
  export const server: import('node:http').Server;
}
declare module 'docs:express.ts' {
  export const app: import('node:http').RequestListener;
}
declare module 'docs:fastify.ts' {
  export const app: { ready(): PromiseLike<unknown>; routing: import('node:http').RequestListener };
}
declare module 'docs:hono.ts' {
  export const app: import('hono').Hono;
}
declare module 'docs:next.ts' {
  export function GET(request: Request): Promise<Response>;
}
declare module 'docs:workers.ts' {
  const worker: { fetch(request: Request): Promise<Response> };

  export { worker as default };
}
declare module 'docs:express-session.ts' {
  export function sessionEndpoint(
    mint: import('live-assist-bridge/server').Mint,
  ): import('node:http').RequestListener;
}
declare module 'docs:keyvault.ts' {
  export const mint: import('live-assist-bridge/server').Mint;
}
declare module 'docs:opentelemetry.js' {
  export function onAnswer(answer: import('live-assist-bridge/server').TokenAnswer): void;
  export function onError(error: unknown): void;
}
declare module 'docs:application-insights.js' {}
declare module 'docs:audit.js' {
  export function onAnswer(answer: import('live-assist-bridge/server').TokenAnswer): void;
}
declare module 'docs:messaging.ts' {
  export function signedIn(id: string): void;
  export function signedOut(): void;
}
declare module 'docs:own-identity.ts' {
  export const bridge: import('live-assist-bridge').Bridge;
}
