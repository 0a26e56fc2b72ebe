/**
 * The path to show after a sign-in, when it is a page of this site; `/` for everything else: other hosts however they
 * are spelt, backslashes, control characters, the API.
 */
export function safeReturnTo(returnTo: string | undefined): string {
  if (returnTo === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(returnTo) || returnTo.includes('\\'))
    return '/';
  const url = new URL(returnTo, 'http://site.invalid');
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.host === 'site.invalid' && !path.startsWith('//') && isPage(url.pathname) ? path : '/';
}

/** The server decodes a path before it looks for the route. */
function isPage(pathname: string): boolean {
  try {
    return !decodeURI(pathname).startsWith('/api/');
  } catch {
    return false;
  }
}
