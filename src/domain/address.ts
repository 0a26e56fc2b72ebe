/**
 * Appends `path` (empty, or beginning with a slash) to `base`. Trailing slashes of `base` are dropped first, as OpenID
 * Connect Discovery 1.0, section 4, requires for issuers. A path in `base` is kept.
 */
export function addressUnder(base: string, path: string): string {
  let end = base.length;
  while (base[end - 1] === '/') end -= 1;
  return `${base.slice(0, end)}${path}`;
}
