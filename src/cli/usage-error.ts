/** Says why a command cannot be carried out: one line, exit code 2. Never quotes a secret. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
