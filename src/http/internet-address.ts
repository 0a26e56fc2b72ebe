import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * Reads an internet address and returns its canonical spelling (RFC 5952); undefined when `text` is not an address, or
 * is one that is not used on the internet: private, loopback, link-local, multicast or reserved. An IPv4 address
 * written as an IPv6 address becomes an IPv4 address. A zone (RFC 4007), which is everything after the first `%`, has
 * only local meaning and is dropped. Never throws, because the text comes from the sender of a request.
 *
 * Addresses reserved for documentation are accepted, because tests and examples use them.
 */
export function internetAddress(text: string): string | undefined {
  if (isIPv4(text)) return notOnInternet.check(text, 'ipv4') ? undefined : text;
  const [withoutZone = '', zone] = text.split('%', 2);
  const address = zone === '' ? undefined : canonical(withoutZone);
  if (address === undefined) return undefined;
  const groups = groupsOf(address);
  const isTranslated = translated.some((prefix) => startsWith(groups, prefix));
  if (isTranslated) return internetAddress(addressIPv4(groups.slice(-2)));
  return isOnInternetIPv6(address, groups) ? address : undefined;
}

/** IANA's registry of special-purpose addresses (RFC 6890), without those reserved for documentation. */
const notOnInternet = blockListOf('ipv4', [
  ...(['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'] as const),
  ...(['172.16.0.0/12', '192.0.0.0/24', '192.88.99.0/24', '192.168.0.0/16'] as const),
  ...(['198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'] as const),
]);

/** The range of IPv6 that is assigned to global unicast addresses (RFC 4291, 2.4; IANA's registry). */
const globalUnicast = blockListOf('ipv6', ['2000::/3']);

/**
 * The part of that range that is not used for hosts: Teredo, benchmarks and identifiers (RFC 2928 and its successors).
 */
const notOnInternetIPv6 = blockListOf('ipv6', ['2001::/23']);

function isOnInternetIPv6(address: string, groups: readonly number[]): boolean {
  if (!globalUnicast.check(address, 'ipv6') || notOnInternetIPv6.check(address, 'ipv6')) return false;
  const is6to4 = groups[0] === 0x20_02; // RFC 3056: followed by the router's IPv4 address
  return !is6to4 || internetAddress(addressIPv4(groups.slice(1, 3))) !== undefined;
}

/** After these prefixes the last two groups are an IPv4 address: mapped (RFC 4291, 2.5.5.2), NAT64 (RFC 6052, 2.1). */
const translated = [
  [0, 0, 0, 0, 0, 0xff_ff],
  [0x64, 0xff_9b, 0, 0, 0, 0],
] as const;

function startsWith(groups: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((group, at) => groups[at] === group);
}

const groupCount = 8;

/** The WHATWG URL standard writes IPv6 addresses as RFC 5952 requires; undefined when `text` is not an IPv6 address. */
function canonical(text: string): string | undefined {
  return isIPv6(text) ? URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) : undefined;
}

/** The eight groups of an IPv6 address in its canonical spelling. */
export function groupsOf(addressIPv6: string): number[] {
  const [before = [], after = []] = addressIPv6.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = Array.from({ length: groupCount - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].map((group) => Number.parseInt(group, 16));
}

function addressIPv4(groups: readonly number[]): string {
  return groups.flatMap((group) => [group >> 8, group & 0xff]).join('.');
}

function blockListOf(family: 'ipv4' | 'ipv6', networks: readonly `${string}/${number}`[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}
