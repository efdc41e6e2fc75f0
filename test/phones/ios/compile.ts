/**
 * Compiles the phone file for iOS on Linux, with doubles of WebKit and of Live Assist's SDK.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { swiftApp } from './example-app.js';

const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const phoneFile = path('../../../demo/phones/LiveAssistTokens.swift');

const upcoming = (...features: string[]) => features.flatMap((name) => ['-enable-upcoming-feature', name]);
const xcode26 = [
  ...['-default-isolation', 'MainActor'],
  ...upcoming('NonisolatedNonsendingByDefault', 'InferIsolatedConformances', 'MemberImportVisibility'),
];
const xcode26Swift5 = upcoming(
  'DisableOutwardActorInference',
  'GlobalActorIsolatedTypesUsability',
  'InferSendableFromCaptures',
);

const settings: [name: string, flags: string[]][] = [
  ['Swift 5', ['-swift-version', '5']],
  ['Swift 5 with the checks of 6', ['-swift-version', '5', '-strict-concurrency=complete']],
  ['Swift 5 as Xcode 26 sets up a project', ['-swift-version', '5', ...xcode26, ...xcode26Swift5]],
  ['Swift 6', ['-swift-version', '6']],
  ['Swift 6 as Xcode 26 sets up a project', ['-swift-version', '6', ...xcode26]],
];

/** Runs a compiler in the folder and returns its complaints, warnings included. */
function complaints(folder: string, command: string, flags: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, flags, { cwd: folder, encoding: 'utf8' });
  const lines = `${stdout}${stderr}`.match(/^[^ |].*(error|warning):.*$/gm) ?? [];
  return status === 0 ? lines.join('\n') : lines.join('\n') || `${stderr}`;
}

const swiftc = (folder: string, ...flags: string[]) => complaints(folder, 'swiftc', ['-I.', ...flags]);

function mustCompile(complaint: string): void {
  if (complaint) throw new Error(complaint);
}

/** Writes the doubles' modules, and the phone file without what Linux lacks: Objective-C, and one Foundation module. */
export function writeSources(folder: string): void {
  for (const module of ['WebKit', 'LiveAssist']) {
    const library = ['-emit-module', '-emit-library', '-module-name', module, '-o', `lib${module}.so`];
    mustCompile(swiftc(folder, '-swift-version', '5', ...library, path(`doubles/${module}.swift`)));
  }
  const networking = '#if canImport(FoundationNetworking)\nimport FoundationNetworking\n#endif';
  const linux = readFileSync(phoneFile, 'utf8')
    .replaceAll(/@objc\([^)]*\)/g, '')
    .replace(/^import Foundation$/m, `import Foundation\n${networking}`);
  writeFileSync(join(folder, 'Tokens.swift'), linux);
}

/** Returns one text per setting that the file does not compile in without a warning. */
export function compileInEverySetting(folder: string): string[] {
  return settings.flatMap(([name, flags]) => {
    // -c and not -typecheck, because the compiler looks at what crosses threads after the types.
    const found = swiftc(folder, ...flags, '-parse-as-library', '-c', '-o', 'Tokens.o', 'Tokens.swift');
    if (found) return [`${name}:\n${found}`];
    // A deinit that belongs to the main actor traps when Objective-C releases the object on another thread.
    const { stdout } = spawnSync('nm', ['Tokens.o'], { cwd: folder, encoding: 'utf8' });
    const isolated = stdout.match(/^.*CfZ$/gm) ?? [];
    if (!isolated.length) console.log(`${name}: compiles without warnings`);
    return isolated.map((symbol) => `${name}: a deinit belongs to the main actor: ${symbol}`);
  });
}

/** Compiles the example at the head of the file inside a class, as an app has it. */
export function compileTheExamples(folder: string): string[] {
  writeFileSync(join(folder, 'App.swift'), swiftApp(readFileSync(phoneFile, 'utf8')));
  const flags = ['-swift-version', '6', '-parse-as-library', '-c', '-wmo', '-o', 'App.o'];
  const found = swiftc(folder, ...flags, 'App.swift', 'Tokens.swift');
  return found ? [`The example at the head of the file:\n${found}`] : [];
}

export function buildChecks(folder: string): void {
  const checks = readdirSync(path('checks')).map((file) => path(`checks/${file}`));
  const libraries = ['-L.', '-lWebKit', '-lLiveAssist', '-Xlinker', '-rpath', '-Xlinker', folder];
  mustCompile(swiftc(folder, '-swift-version', '6', ...libraries, '-o', 'checks', ...checks, 'Tokens.swift'));
}
