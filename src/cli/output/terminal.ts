/** What a command needs from its process. */
export interface Terminal {
  stdin: AsyncIterable<string | Uint8Array> & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: Record<string, string | undefined>;
}

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  /** The width in characters, if the output is a screen. */
  columns?: number;
}
