/** Why the command line cannot do what it was asked for: one line, exit code 2. Never quotes a secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
