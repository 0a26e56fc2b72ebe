/**
 * The path to show after a sign-in, when it is one of this site; `/` for everything else: other hosts however they are
 * spelt, backslashes, control characters.
 */
export function safeReturnTo(returnTo: string | undefined): string {
  if (returnTo === undefined || !/^\/(?![/\\])[\x21-\x7e]*$/.test(returnTo) || returnTo.includes('\\'))
    return '/';
  const url = new URL(returnTo, 'http://site.invalid');
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.host === 'site.invalid' && !path.startsWith('//') && !path.startsWith('/api/') ? path : '/';
}
