import { isIP, isIPv4 } from 'node:net';

/** Whether `host`, a name or an address with or without brackets, is on loopback. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  if (name === 'localhost' || name.endsWith('.localhost') || name === '::1') return true;
  if (name.startsWith('::ffff:7f') && isIP(name) === 6) return true;
  // `127.example.com` is no address of this machine.
  return isIPv4(name) && name.startsWith('127.');
}

/** Whether a connection to `host` reaches this machine: loopback, or the unspecified address. */
export function isThisMachine(host: string): boolean {
  return isLoopback(host) || bare(host) === '0.0.0.0' || bare(host) === '::';
}

function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
}
