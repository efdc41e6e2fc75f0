/**
 * Says who can read the private key, and how to change that.
 *
 * @module
 */
/** @param mode The permissions of the file, on systems other than Windows. */
export function permissionText(path: string, platform: NodeJS.Platform, user: string, mode = 0o600): string {
  if (platform !== 'win32' && mode & 0o077)
    return `Other users of this machine can read ${path}. Run \`chmod 600 "${path}"\`. If others may have read the key, make a new pair.`;
  return platform === 'win32'
    ? `On Windows the file has the permissions of its folder, which may let other users read it. Leave it to your account alone: \`icacls "${path}" /inheritance:r /grant:r "${user}:F"\`. If the site runs as another account, such as an application pool's (IIS AppPool\\NAME), grant that account R as well.`
    : `Only your account can read ${path}. If the site runs as another account, make that account the owner of the folder and the file.`;
}
