interface Route {
  method: string;
  path: string;
}

/**
 * Whether the requests of a route are events of an objective (docs/slo.md). Only these routes have series before their
 * first request: 17 for each class of status. For all routes that would be some 6,000 of each process, of which most
 * stay at 0.
 */
export function isOfObjective({ method, path }: Route): boolean {
  if (method === 'ALL') return false;
  return path.startsWith('/api/auth/bankid') || (method === 'POST' && path === '/api/payments');
}
