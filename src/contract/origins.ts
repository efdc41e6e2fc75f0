/**
 * Recognises origins, and host names that mean this machine.
 *
 * @module
 */

/** Whether the text is one origin as browsers write it: scheme, host, and a port unless it is the scheme's default. */
export function isOrigin(text: string): boolean {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^\s/?#@*]+$/.test(text)) return false;
  try {
    const { origin } = new URL(text);
    // URL defines no canonical origin for the other schemes, which apps use.
    return !/^https?:/.test(text) || origin === text;
  } catch {
    return false;
  }
}

/**
 * Whether `hostname` (as `URL.hostname` writes it) is this machine: `localhost`, a name below it, 127.0.0.0/8 or `[::1]`.
 *
 * Browsers treat pages from these hosts as secure without TLS (W3C Secure Contexts, section 3.1).
 */
export function isLocalHost(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}
