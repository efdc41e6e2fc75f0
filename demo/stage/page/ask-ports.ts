/**
 * Finds out whether the browser reaches the demo's other ports. On a remote machine they have to be forwarded.
 *
 * @module
 */

export async function askPorts(): Promise<void> {
  const { site = '', liveAssist = '', crm } = document.documentElement.dataset;
  const origins = [site, liveAssist, ...(crm ? [crm] : [])];
  const isThere = (origin: string) =>
    fetch(`${origin}/look/look.css`, { mode: 'no-cors', cache: 'no-store' }).then(
      () => true,
      () => false,
    );
  const missing: string[] = [];
  for (const origin of origins) if (!(await isThere(origin))) missing.push(origin);
  if (missing.length === 0) return;
  const ports = [location.origin, ...origins].map((origin) => new URL(origin).port);
  const banner = document.getElementById('unreachable') as HTMLElement;
  const names = missing.map((origin) => origin.replace('http://', '')).join(' and ');
  banner.textContent = `This browser does not reach ${names}. Is the demo on another machine? Then forward all its ports, for example: ssh ${ports.map((port) => `-L ${port}:localhost:${port}`).join(' ')} HOST`;
  banner.hidden = false;
}
