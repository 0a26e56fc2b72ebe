/**
 * The path to open after a sign-in, if it is a page of this site; `/` for everything else, such as other hosts in any
 * spelling, backslashes, control characters and the API.
 */
export function safeReturnTo(returnTo: string | undefined): string {
  if (returnTo === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(returnTo) || returnTo.includes('\\'))
    return '/';
  const url = new URL(returnTo, 'http://site.invalid');
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.host === 'site.invalid' && !path.startsWith('//') && isPage(url.pathname) ? path : '/';
}

/** Decodes the path first, as the server does before it matches a route. */
function isPage(pathname: string): boolean {
  try {
    return !decodeURI(pathname).startsWith('/api/');
  } catch {
    return false;
  }
}
