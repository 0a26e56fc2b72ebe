import type { HttpContext } from './environment.ts';

/** Whether a browser opens an address as a page. A script that fetches the same address accepts anything. */
export function wantsPage(c: HttpContext): boolean {
  return (c.req.header('accept') ?? '').includes('text/html');
}
