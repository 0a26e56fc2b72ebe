import { BlockList, isIPv4 } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { HttpContext, HttpDependencies } from './environment.ts';
import { groupsOf, internetAddress } from './internet-address.ts';

type Configured = Pick<HttpDependencies, 'config'>;

/**
 * The customer's address on the internet: the address that the outermost trusted proxy saw, or, without a proxy, the
 * remote end of the connection. Undefined when it is not known; it is never derived from anything else.
 */
export function clientAddress(c: HttpContext, dependencies: Configured): string | undefined {
  if (isBesideSandbox(c, dependencies)) return sandboxAddress;
  const { TRUSTED_PROXY_HOPS: hops } = dependencies.config;
  // Behind a proxy, the remote end of the connection is the proxy and never the customer.
  if (hops > 0) return forwardedAddress(c.req.header('x-forwarded-for') ?? '', hops);
  return internetAddress(otherEnd(c) ?? '');
}

/**
 * The address that the outermost of `hops` trusted proxies wrote into X-Forwarded-For, in any form of a node (RFC 7239,
 * section 6). Each proxy appends one element, so elements are counted from the end: any element before it may be made
 * up by the client. Undefined when there is no such element, or when it is not an internet address.
 *
 * Elements are separated by commas only. Empty elements and open quotation marks do not change the count; otherwise a
 * client could move its own text to the position of a proxy's element.
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
 * The network that identifies a customer for rate limits: an IPv4 address, or the /64 network of an IPv6 address, which
 * usually belongs to one customer. Undefined when `text` is not an internet address.
 */
export function customerNetwork(text: string): string | undefined {
  const address = internetAddress(text);
  return address === undefined || isIPv4(address) ? address : prefixOf(address, groupsOfNetwork);
}

/**
 * The /48 site of an IPv6 address: the largest assignment for one customer (RFC 6177), and the 6to4 range of one IPv4
 * address (RFC 3056). It contains 65536 of the networks above, of which a household often has 256. Undefined for an
 * IPv4 address, and when `text` is not an internet address.
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
 * The made-up address of every sandbox customer (RFC 5737). In the sandbox all customers are on one machine without an
 * internet address, but the emulated banks must receive an address for a customer who is present.
 */
const sandboxAddress = '192.0.2.1';

/**
 * Whether the request comes from the sandbox's own machine. False when a trusted proxy forwards the request, and
 * outside the sandbox, where a loopback address is a proxy or another process.
 */
export function isBesideSandbox(c: HttpContext, { config }: Configured): boolean {
  if (config.DROP_ENVIRONMENT !== 'sandbox') return false;
  const isForwarded = config.TRUSTED_PROXY_HOPS > 0 && c.req.header('x-forwarded-for') !== undefined;
  const address = otherEnd(c);
  if (isForwarded || address === undefined) return false;
  return loopback.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
}

/** `BlockList` also checks IPv4-mapped IPv6 addresses against the IPv4 rules. */
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** The remote end of the connection; undefined when the connection has ended or there is none. */
function otherEnd(c: HttpContext): string | undefined {
  const bindings: Partial<HttpBindings> | undefined = c.env;
  return bindings?.incoming?.socket.remoteAddress;
}
