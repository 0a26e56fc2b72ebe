import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import { clientAddress, customerNetwork } from './client-address.ts';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';
import { answerProblem, answerProblemPage } from './problem.ts';
import { RateLimit } from './rate-limit.ts';

/**
 * Nobody begins more sign-ins from one address than people who share one do: each is a row, and, where requests are
 * pushed, a call to BankID. Ends of sign-ins are not counted: whoever has begun one may finish it.
 */
export function limitSignIns(dependencies: HttpDependencies): MiddlewareHandler<HttpEnvironment> {
  const { context, config } = dependencies;
  const limit = new RateLimit(context.clock, config.SIGN_IN_STARTS_PER_MINUTE);
  return async (c, next) => {
    const network = customerNetwork(clientAddress(c, dependencies));
    const retryAfterMs = network === undefined ? undefined : limit.take(network);
    if (retryAfterMs === undefined) return next();
    const error = new DropError('rate_limited', {
      message: 'too many sign-ins from one address',
      retryAfterMs,
    });
    return c.req.method === 'GET'
      ? answerProblemPage(c, dependencies, error)
      : answerProblem(c, dependencies, error);
  };
}
