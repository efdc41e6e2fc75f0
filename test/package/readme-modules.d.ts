declare module 'readme:plain.js' {
  export function signedOut(): void;
}
declare module 'readme:own.js' {}
declare module 'readme:react.js' {
  export function useLiveAssist(visitor: string | null): void;
}
declare module 'readme:vue.js' {
  export function useLiveAssist(visitor: { value: string | null }): import('live-assist-bridge').Bridge;
}
