/**
 * `npm run test:webkit`: the core flows in WebKit.
 *
 * @module
 */
import { installedWebKit } from '../browser/installed-webkit.js';
import { runFlows } from './run-flows.js';

const webkit = installedWebKit();
if (typeof webkit === 'string') {
  console.error(webkit);
  process.exit(1);
}
const { version, passed, failed } = await runFlows(webkit);
console.log(`${version}: ${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
