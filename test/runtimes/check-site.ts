/**
 * Plays the visitor's browser for a site under test, and asks the runtime for its self-test.
 *
 * @module
 */
import { tokenEndpointSuite } from '../server/token-endpoint-suite.js';

/** @param lacks a sentence of the suite that is not asked */
export async function checkSite(url: string, lacks?: string): Promise<{ passed: number; failed: string[] }> {
  const publicKey = await (await fetch(`${url}/key`)).text();
  const failed: string[] = await (await fetch(`${url}/self-test`)).json();
  const answers = async () => (await fetch(`${url}/answers`)).json();
  let passed = failed.length ? 0 : 1;
  for (const [sentence, check] of Object.entries(tokenEndpointSuite)) {
    if (sentence === lacks) continue;
    try {
      await check({ url: `${url}/live-assist/token`, publicKey, answers });
      passed++;
    } catch (error) {
      failed.push(`${sentence}: ${error}`);
    }
  }
  return { passed, failed };
}
