/** Where a provider may send a customer. */
export interface RedirectPolicy {
  /** Drop's own origins, which mocks send customers back to. */
  ownOrigins: readonly string[];
  /** Whether plain HTTP to this machine is taken, as in the sandbox. */
  allowsPlainLoopback: boolean;
}

/**
 * Whether a customer may be sent to `address`: over https only, to one of `hosts` or their subdomains where the
 * provider names them, and never with credentials in the address.
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
