import { BlockList, isIPv4, isIPv6 } from 'node:net';

/**
 * The address of the internet that `text` says, in its one spelling (RFC 5952); undefined where it says none, or one
 * that is of no use on the internet: private, loopback, link-local, multicast, reserved. An IPv4 address that was
 * written as an IPv6 address is an IPv4 address. A zone (RFC 4007) is all behind the first `%`; whatever it
 * is called, it means nothing elsewhere and is left out. Never throws: the text is of whoever sent a request.
 *
 * The addresses that are kept for documentation count: who writes them is a test or an example, and for those they are.
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

/** IANA's registry of special-purpose addresses (RFC 6890), without those that are kept for documentation. */
const notOnInternet = blockListOf('ipv4', [
  ...(['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'] as const),
  ...(['172.16.0.0/12', '192.0.0.0/24', '192.88.99.0/24', '192.168.0.0/16'] as const),
  ...(['198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'] as const),
]);

/** All that was given out of IPv6 for single machines on the internet (RFC 4291, 2.4; IANA's registry). */
const globalUnicast = blockListOf('ipv6', ['2000::/3']);

/** Part of it: Teredo, benchmarks, identifiers that are no addresses (RFC 2928 and what followed). */
const notOnInternetIPv6 = blockListOf('ipv6', ['2001::/23']);

function isOnInternetIPv6(address: string, groups: readonly number[]): boolean {
  if (!globalUnicast.check(address, 'ipv6') || notOnInternetIPv6.check(address, 'ipv6')) return false;
  const is6to4 = groups[0] === 0x20_02; // RFC 3056: the IPv4 address of the router comes next
  return !is6to4 || internetAddress(addressIPv4(groups.slice(1, 3))) !== undefined;
}

/** Behind these the last two groups are an IPv4 address: mapped (RFC 4291, 2.5.5.2), NAT64 (RFC 6052, 2.1). */
const translated = [
  [0, 0, 0, 0, 0, 0xff_ff],
  [0x64, 0xff_9b, 0, 0, 0, 0],
] as const;

function startsWith(groups: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((group, at) => groups[at] === group);
}

const groupCount = 8;

/** The WHATWG's URL standard writes IPv6 addresses as RFC 5952 wants them; undefined for what is no IPv6 address. */
function canonical(text: string): string | undefined {
  return isIPv6(text) ? URL.parse(`http://[${text}]`)?.hostname.slice(1, -1) : undefined;
}

/** The eight groups of an IPv6 address in its one spelling. */
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
