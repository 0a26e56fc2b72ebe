import { isLoopback } from './hosts.ts';

/** The values of `sslmode` with which the driver verifies the server's certificate. */
const verifying = ['require', 'verify-ca', 'verify-full'];
const verified = 'sslmode=verify-full';

const unreadable =
  'must be an address such as postgres://user:password@host:5432/drop, in which signs of the password are ' +
  'percent-encoded: %23 for #, %2F for /';

/** The problem with an address that the driver would read in another way than it was meant, undefined if none. */
export function unreadableAddressProblem(text: string): string | undefined {
  return readAddress(text) === undefined ? unreadable : undefined;
}

/** A `#` is part of a password that was not encoded: the driver would take what precedes it for the address. */
function readAddress(text: string): URL | 'socket' | undefined {
  if (/^(\/|socket:)/.test(text)) return 'socket';
  // A host that is named as a parameter leaves its own place empty, which `URL` does not read.
  const named = text.replace(/@\/(?=[^@]*[?&]host=)/, '@localhost/');
  const address = URL.parse(named.replaceAll(' ', '%20'));
  if (!address || !/^postgres(ql)?:$/.test(address.protocol)) return undefined;
  return address.hash === '' ? address : undefined;
}

/**
 * The problem with the address of a database in production, undefined if there is none. A server on this machine needs
 * no TLS. `PGSSLMODE` and `PGHOST` do not count: the address itself must say what holds.
 */
export function databaseAddressProblem(text: string): string | undefined {
  const address = readAddress(text);
  if (address === 'socket') return undefined;
  if (address === undefined) return unreadable;
  const host = address.searchParams.get('host') ?? decodeURIComponent(address.hostname);
  if (host === '') return 'must name its host: a server, localhost, or the directory of a Unix socket';
  if (host.startsWith('/') || isLoopback(host)) return undefined;
  return tlsProblem(address.searchParams);
}

function tlsProblem(parameters: URLSearchParams): string | undefined {
  const last = (name: string): string | undefined => parameters.getAll(name).at(-1);
  const mode = last('sslmode');
  if (mode === undefined) {
    const isOn = ['true', '1'].includes(last('ssl') ?? '');
    return isOn ? undefined : `must use TLS to a server on another machine: add ${verified}`;
  }
  if (!verifying.includes(mode)) return `must not have sslmode=${shown(mode)}: use ${verified}`;
  const isCompatible = last('uselibpqcompat') === 'true' && mode !== 'verify-full';
  return isCompatible ? `must verify the server's certificate: use ${verified}` : undefined;
}

function shown(mode: string): string {
  return ['disable', 'prefer', 'no-verify', 'allow'].includes(mode) ? mode : '…';
}
