import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import type { CustomerHeader } from './contract/customer-header.ts';
import { currentUser } from './customer.ts';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';

export const customerHeader: CustomerHeader = 'Drop-Customer';

/**
 * Refuses a request that names another customer than its session's. Where a second person signs in with the same
 * browser, a page of the first one that is still open sends the second one's cookie: it would show the data of both,
 * and keep what the first one typed for the second. The page is told that its customer is not signed in.
 */
export function refuseOtherCustomers(dependencies: HttpDependencies): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const named = c.req.header(customerHeader);
    const user = named === undefined ? undefined : await currentUser(c, dependencies);
    if (user && user.id !== named)
      throw new DropError('not_signed_in', { message: 'the session is of another customer than the page' });
    return next();
  };
}
