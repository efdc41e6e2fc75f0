/**
 * Says who can read the private key, and how to change that.
 *
 * @module
 */
export function permissionText(path: string, platform: NodeJS.Platform, user: string): string {
  return platform === 'win32'
    ? `On Windows the file has the permissions of its folder, which may let other users read it. Leave it to your account alone: \`icacls "${path}" /inheritance:r /grant:r "${user}:F"\`. If the site runs as another account, such as an application pool's (IIS AppPool\\NAME), grant that account R as well.`
    : `Only your account can read ${path}. If the site runs as another account, make that account its owner.`;
}
