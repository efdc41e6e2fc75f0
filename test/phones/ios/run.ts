/**
 * `npm run test:swift`: compiles the phone file for iOS in five settings and runs it against doubles, on Linux.
 *
 * @module
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEndpoint } from '../endpoint-double.js';
import { buildChecks, compileInEverySetting, compileTheExamples, writeSources } from './compile.js';
import { recordRun } from './last-run.js';
import { missingTool, versionOf } from './missing-tool.js';
import { checkTheScript, refusesWrongText } from './run-checks.js';

const version = versionOf(spawnSync('swiftc', ['--version'], { encoding: 'utf8' }).stdout);
const missing = missingTool(process.platform, version);
if (missing || !version) {
  console.error(missing);
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'live-assist-swift-'));
try {
  writeSources(folder);
  const failures = [...compileInEverySetting(folder), ...compileTheExamples(folder)];
  buildChecks(folder);
  const endpoint = await startEndpoint();
  const checks = spawn('./checks', [endpoint.url], { cwd: folder, stdio: 'inherit' });
  const [code] = await once(checks, 'exit');
  endpoint.stop();
  if (code !== 0) failures.push('A check failed, or the checks crashed.');
  failures.push(...refusesWrongText(folder), ...checkTheScript(folder));
  for (const failure of failures) console.error(failure);
  if (failures.length) {
    process.exitCode = 1;
  } else {
    recordRun(version);
    console.log(`The phone file for iOS passed with Swift ${version}.`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
