import { lookup } from 'node:dns/promises';
import { BlockList, isIPv4 } from 'node:net';
import { DropError } from '#domain/errors.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

async function addressesOf(name: string): Promise<string[]> {
  return (await lookup(name, { all: true })).map(({ address }) => address);
}

/**
 * Checks that `localhost` is this machine: the addresses of app and emulators begin with it, for browsers and for Drop
 * itself.
 *
 * @throws {DropError} `configuration_invalid` naming the remedy.
 */
export async function requireLocalName(resolve: typeof addressesOf = addressesOf): Promise<void> {
  const addresses = await resolve('localhost').catch(() => []);
  const isHere = (address: string): boolean => loopback.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  if (addresses.length > 0 && addresses.every(isHere)) return;
  const found = addresses.length === 0 ? 'does not resolve' : `resolves to ${addresses.join(', ')}`;
  throw new DropError('configuration_invalid', {
    message: `The name "localhost" ${found}. Add the line "127.0.0.1 localhost" to /etc/hosts.`,
  });
}
