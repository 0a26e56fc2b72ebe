/** Longer than what browsers within apps say, which is the longest that browsers say. */
const charactersMax = 512;

/**
 * The `User-Agent` of a request (RFC 9110, 10.1.5) as it may be passed on; undefined where there is none, and where it
 * is not what browsers send: only then is it certain that no server on the way refuses the call for it.
 */
export function passableUserAgent(given: string | undefined): string | undefined {
  const userAgent = given?.trim() ?? '';
  const isPassable = /^[\x20-\x7e]+$/.test(userAgent) && userAgent.length <= charactersMax;
  return isPassable ? userAgent : undefined;
}
