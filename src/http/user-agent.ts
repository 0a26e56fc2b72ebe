/** Longer than the `User-Agent` of in-app browsers, which is the longest in use. */
const charactersMax = 512;

/**
 * The `User-Agent` of a request (RFC 9110, 10.1.5), if it may be forwarded to banks; undefined when it is absent, or
 * not of the form that browsers send, because a server could refuse the call for it.
 */
export function passableUserAgent(given: string | undefined): string | undefined {
  const userAgent = given?.trim() ?? '';
  const isPassable = /^[\x20-\x7e]+$/.test(userAgent) && userAgent.length <= charactersMax;
  return isPassable ? userAgent : undefined;
}
