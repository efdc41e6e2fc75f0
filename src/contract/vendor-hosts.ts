/**
 * The hosts from which LivePerson and Live Assist serve their scripts and services.
 *
 * @module
 */

/** Domains, each with its subdomains. As of 2026. */
export const vendorHosts = ['liveperson.net', 'liveperson.com', 'lpsnmedia.net', 'liveassistfor365.com'];

/** Whether the host belongs to one of these domains, or to one of `more`. */
export function isVendorHost(hostname: string, more: readonly string[] = []): boolean {
  return [...vendorHosts, ...more].some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
