import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { HttpContext, HttpDependencies } from './environment.ts';

/**
 * The customer's true address, as far as it is known: what the outermost proxy that is Drop's own saw, or else
 * the other end of the connection. Empty where there is no connection, as in a test without a server.
 */
export function clientAddress(c: HttpContext, { config }: HttpDependencies): string {
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const throughProxy = config.TRUSTED_PROXY_HOPS > 0 ? forwarded.at(-config.TRUSTED_PROXY_HOPS) : undefined;
  return throughProxy || (getConnInfo(c).remote.address ?? '').replace(/^::ffff:/, '');
}

const own = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  own.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  own.addSubnet(network, bits, 'ipv6');

/**
 * What stands for one customer among many: an IPv4 address, or the network of an IPv6 address, of which a customer has
 * all. Undefined for what is no address of the internet: that is a proxy in front of Drop or a machine beside it, and
 * says nothing of who the customer is.
 */
export function customerNetwork(address: string): string | undefined {
  if (isIPv4(address)) return own.check(address, 'ipv4') ? undefined : address;
  if (!isIPv6(address) || own.check(address, 'ipv6')) return undefined;
  const [before = '', after = ''] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const [first, last] = [before, after].map((groups) => groups.split(':').filter(Boolean));
  const missing = Math.max(0, groupsOfIPv6 - (first?.length ?? 0) - (last?.length ?? 0));
  const groups = [...(first ?? []), ...Array.from({ length: missing }, () => '0'), ...(last ?? [])];
  return groups
    .slice(0, groupsOfNetwork)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

const groupsOfIPv6 = 8;
const groupsOfNetwork = 4;
