import { BlockList, isIPv4 } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { HttpContext, HttpDependencies } from './environment.ts';
import { groupsOf, internetAddress } from './internet-address.ts';

type Configured = Pick<HttpDependencies, 'config'>;

/**
 * The customer's address on the internet: what the outermost proxy that is Drop's own saw, or, where there is no such
 * proxy, the other end of the connection. Undefined where that is not known; it is never guessed from anything else.
 */
export function clientAddress(c: HttpContext, dependencies: Configured): string | undefined {
  if (isBesideSandbox(c, dependencies)) return sandboxAddress;
  const { TRUSTED_PROXY_HOPS: hops } = dependencies.config;
  // Behind a proxy of Drop's the other end of the connection is that proxy, and never the customer.
  if (hops > 0) return forwardedAddress(c.req.header('x-forwarded-for') ?? '', hops);
  return internetAddress(otherEnd(c) ?? '');
}

/**
 * The address that the outermost of `hops` trusted proxies wrote into X-Forwarded-For, in any form of a node (RFC 7239,
 * section 6). Each proxy adds one element at the end, so it is counted from there: whatever stands before it is the
 * client's own invention. Undefined where that element names no address of the internet, and where there is none.
 *
 * Elements are told apart by their commas alone: neither an empty element nor an open quotation mark moves the count,
 * or a client could shift what it wrote itself to where a proxy's element is looked for.
 */
export function forwardedAddress(header: string, hops: number): string | undefined {
  const element = header.split(',').at(-hops)?.trim() ?? '';
  const { quoted } = /^"(?<quoted>.*)"$/.exec(element)?.groups ?? {};
  return internetAddress(withoutPort(quoted ?? element));
}

/** `203.0.113.7:55220` and `[2001:db8::7]:55220`; the port may be a word (RFC 7239, 6.2). */
const nodeWithPort =
  /^(?:(?<ipv4>[\d.]+)|\[(?<ipv6>[\da-f]*:[\da-f:.]+(?:%[^\]]+)?)\])(?::(?:(?<port>\d{1,5})|_[\w.-]+))?$/i;
const portMax = 65_535;

function withoutPort(node: string): string {
  const { ipv4, ipv6, port = '0' } = nodeWithPort.exec(node)?.groups ?? {};
  return Number(port) > portMax ? '' : (ipv4 ?? ipv6 ?? node);
}

/**
 * What stands for one customer among many: an IPv4 address, or the network of an IPv6 address, of which a customer has
 * all. Undefined for what is no address of the internet: that says nothing of who the customer is.
 */
export function customerNetwork(text: string): string | undefined {
  const address = internetAddress(text);
  return address === undefined || isIPv4(address) ? address : prefixOf(address, groupsOfNetwork);
}

/**
 * The site that an IPv6 address is of: the most that one customer is given (RFC 6177), and all that an IPv4 address has
 * by 6to4 (RFC 3056). It holds 65536 of the networks above, of which a household often has 256. Undefined for an IPv4
 * address, which has none, and for what is no address of the internet.
 */
export function customerSite(text: string): string | undefined {
  const address = internetAddress(text);
  return address === undefined || isIPv4(address) ? undefined : prefixOf(address, groupsOfSite);
}

const groupsOfNetwork = 4;
const groupsOfSite = 3;

function prefixOf(addressIPv6: string, groupCount: number): string {
  const groups = groupsOf(addressIPv6).slice(0, groupCount);
  return groups.map((group) => group.toString(16)).join(':');
}

/**
 * In the sandbox everybody is on one machine, where nobody has an address of the internet. Whoever is there is made up,
 * and so is the address (RFC 5737), so that the banks of the sandbox, which are on that machine too, are told of a
 * customer who is there as banks are.
 */
const sandboxAddress = '192.0.2.1';

/**
 * Whether the customer is one of the sandbox, on the machine that it runs on. Not where a trusted proxy says whom it
 * speaks for, nor anywhere but in the sandbox: there loopback is a proxy or a neighbour.
 */
export function isBesideSandbox(c: HttpContext, { config }: Configured): boolean {
  if (config.DROP_ENVIRONMENT !== 'sandbox') return false;
  const isForwarded = config.TRUSTED_PROXY_HOPS > 0 && c.req.header('x-forwarded-for') !== undefined;
  const address = otherEnd(c);
  if (isForwarded || address === undefined) return false;
  return loopback.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** The check of an IPv6 address that maps an IPv4 address is that of the latter. */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Undefined where the connection has ended, and where there is none. */
function otherEnd(c: HttpContext): string | undefined {
  const bindings: Partial<HttpBindings> | undefined = c.env;
  return bindings?.incoming?.socket.remoteAddress;
}
