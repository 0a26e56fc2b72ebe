import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import { clientAddress, customerNetwork } from './client-address.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from './environment.ts';
import { answerProblem, answerProblemPage } from './problem.ts';
import { RateLimit } from './rate-limit.ts';

/**
 * Nobody begins more sign-ins from one address than people who share one do: each is a row, and, where requests are
 * pushed, a call to BankID. Ends of sign-ins are not counted: whoever has begun one may finish it.
 */
export function limitSignIns(dependencies: HttpDependencies): MiddlewareHandler<HttpEnvironment> {
  const { context, config } = dependencies;
  const limit = new RateLimit(context.clock, config.SIGN_IN_STARTS_PER_MINUTE);
  const noticeProxy = createProxyNotice(dependencies);
  return async (c, next) => {
    noticeProxy(c);
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

/**
 * Behind a proxy that Drop does not know of, everybody has the proxy's address, and is turned away for what others do.
 * Anybody may send the header, so it says so once, and trusts it no more than before.
 */
function createProxyNotice({ context, config }: HttpDependencies): (c: HttpContext) => void {
  let isTold = config.TRUSTED_PROXY_HOPS > 0;
  return (c) => {
    if (isTold || c.req.header('x-forwarded-for') === undefined) return;
    isTold = true;
    context.log('warn', 'a request has X-Forwarded-For, and TRUSTED_PROXY_HOPS is 0', {
      consequence: 'behind a proxy, sign-ins are counted by the address of the proxy',
    });
  };
}
