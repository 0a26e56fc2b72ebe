/**
 * The address of `path`, which begins with a slash or is empty, under `base`. Slashes at the end of `base` are dropped,
 * as OpenID Connect Discovery 1.0, section 4, has it for issuers; a path that `base` has stays.
 */
export function addressUnder(base: string, path: string): string {
  let end = base.length;
  while (base[end - 1] === '/') end -= 1;
  return `${base.slice(0, end)}${path}`;
}
