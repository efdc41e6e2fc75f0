/**
 * Says what to install before `npm run test:swift` can run.
 *
 * @module
 */

/** Returns the version in the output of `swiftc --version`. Undefined: there is no `swiftc`. */
export function versionOf(output: string | null): string | undefined {
  return /Swift version (\d+\.[\d.]*\d)/.exec(output ?? '')?.[1];
}

/** Returns one sentence, or undefined if nothing is missing. */
export function missingTool(platform: string, version: string | undefined): string | undefined {
  if (platform !== 'linux')
    return 'test:swift runs on Linux only, because its doubles take the place of WebKit; on a Mac, build the file in an app with Xcode.';
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (major > 6 || (major === 6 && minor >= 2)) return undefined;
  const found = version ? `this machine has ${version}` : 'this machine has no swiftc';
  return `Install Swift 6.2 or later (https://www.swift.org/install/linux): test:swift compiles the phone file for iOS, and ${found}.`;
}
