/** What a command needs of the process it runs in. */
export interface Terminal {
  stdin: AsyncIterable<string | Uint8Array> & { isTTY?: boolean };
  stdout: Output;
  stderr: Output;
  env: Record<string, string | undefined>;
}

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  /** Its width in characters, where it is a screen. */
  columns?: number;
}
