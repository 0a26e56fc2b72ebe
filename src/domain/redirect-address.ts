/** Limits the addresses to which a provider may redirect a customer. */
export interface RedirectPolicy {
  /** Drop's own origins, to which mocks redirect. */
  ownOrigins: readonly string[];
  /** Whether plain HTTP to a loopback address is allowed, as in the sandbox. */
  allowsPlainLoopback: boolean;
}

/**
 * Whether a customer may be redirected to `address`. The address must use https and contain no credentials. If the
 * provider declares `hosts`, its host must be one of them or a subdomain.
 */
export function isRedirectAllowed(
  address: string,
  policy: RedirectPolicy,
  hosts?: readonly string[],
): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return false;
  if (policy.ownOrigins.includes(url.origin)) return true;
  if (url.protocol === 'http:') return policy.allowsPlainLoopback && isLoopback(url.hostname);
  if (url.protocol !== 'https:') return false;
  return hosts?.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`)) ?? true;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
