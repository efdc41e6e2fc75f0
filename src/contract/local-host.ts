/**
 * Tells which host names mean this machine.
 *
 * @module
 */

/**
 * Whether `hostname` (as `URL.hostname` writes it) is this machine: `localhost`, a name below it, 127.0.0.0/8 or `[::1]`.
 *
 * Browsers treat pages from these hosts as secure without TLS (W3C Secure Contexts, section 3.1).
 */
export function isLocalHost(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}
