/**
 * Says what to install before `npm run test:swift` can run.
 *
 * @module
 */

/**
 * Returns one sentence, or undefined if nothing is missing.
 *
 * @param version what `swiftc --version` printed; null or undefined if there is no `swiftc`
 */
export function missingTool(platform: string, version: string | null | undefined): string | undefined {
  if (platform !== 'linux')
    return 'test:swift runs on Linux only, because its doubles take the place of WebKit; on a Mac, build the file in an app with Xcode.';
  const [, major = 0, minor = 0] = /Swift version (\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (Number(major) > 6 || (Number(major) === 6 && Number(minor) >= 2)) return undefined;
  const found = version ? `this machine has ${major}.${minor}` : 'this machine has no swiftc';
  return `Install Swift 6.2 or later (https://www.swift.org/install/linux): test:swift compiles the phone file for iOS, and ${found}.`;
}
