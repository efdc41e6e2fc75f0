/**
 * Finds out whether an Express app serves its own folder, which Express 4 does with the files of hidden folders.
 *
 * @module
 */
import { readFileSync, statSync } from 'node:fs';

/** What `static()` is given to serve the app's own folder, or one above it. */
const ownFolder =
  /^(?:__dirname|process\.cwd\(\)|import\.meta\.(?:dirname|url)|(?:\w+\.)?(?:join|resolve|normalize|dirname|fileURLToPath)\(|new URL\(|(['"`])(?:\$\{(?:__dirname|process\.cwd\(\)|import\.meta\.dirname)\}|[./\\])*\1|[\s,+)])+$/;

export function servesItsFolder(entry: string): boolean {
  if (!statSync(entry).isFile()) return false;
  const calls = readFileSync(entry, 'utf8')
    .split(/static\s*\(/i)
    .slice(1);
  return calls.some((text) => ownFolder.test(firstArgument(text)));
}

/** Returns the text up to the comma or the parenthesis that ends the first argument. */
function firstArgument(text: string): string {
  let depth = 0;
  const end = [...text].findIndex((character) => {
    if (depth === 0 && /[,)]/.test(character)) return true;
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    return false;
  });
  return text.slice(0, end === -1 ? undefined : end);
}
