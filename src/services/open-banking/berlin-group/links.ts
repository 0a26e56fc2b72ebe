import { DropError } from '#domain/errors.ts';

/** Addresses that a bank names by relation, such as `self` and `scaRedirect`. */
export type Links = Readonly<Record<string, string>>;

/**
 * The path of a link to the bank's interface, to be kept: the host is left out, since a bank may move. Links are
 * followed as the bank wrote them and never made up.
 *
 * @throws {DropError} `provider_invalid_response` for a link to another host than the bank's.
 */
export function pathOfLink(href: string, base: string): string {
  const path = pathWithin(href, base);
  if (path === undefined) {
    throw new DropError('provider_invalid_response', {
      message: 'a link leads away from the bank',
      outcome: 'unknown',
      provider: 'berlin-group',
    });
  }
  return path;
}

/** Undefined for a link that leads away. A path that begins with two slashes would be read as a host. */
export function pathWithin(href: string, base: string): string | undefined {
  const url = URL.parse(href, base);
  const stays = url?.origin === new URL(base).origin && !url.pathname.startsWith('//');
  return stays ? `${url.pathname}${url.search}` : undefined;
}

const followed = ['self', 'status', 'scaStatus'] as const;

/** The links that are followed later, as paths. One that leads away is left out: what it belongs to has begun. */
export function keptLinks(links: Links, base: string): Record<string, string> {
  const given = followed.flatMap((name) => {
    const path = pathWithin(links[name] ?? 'about:blank', base);
    return path === undefined ? [] : [[name, path] as const];
  });
  return Object.fromEntries(given);
}

/** A payment or consent in Drop's books: the bank, and the bank's own name for it, which is unique only there. */
export function writeReference(bankId: string, name: string): string {
  return `${bankId}:${name}`;
}

/** Undefined for what `writeReference` did not write. */
export function readReference(reference: string): { bankId: string; name: string } | undefined {
  const end = reference.indexOf(':');
  return end < 1 ? undefined : { bankId: reference.slice(0, end), name: reference.slice(end + 1) };
}
