import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import { clientAddress, customerNetwork, customerSite, isBesideSandbox } from './client-address.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from './environment.ts';
import { answerProblem, answerProblemPage } from './problem.ts';
import { SignInLimit, type SignInRefusal } from './sign-in-limit.ts';

/**
 * Limits the number of sign-ins that start from one address. Each start stores a row and, with pushed requests, calls
 * BankID. Completing a sign-in is not limited. Requests from the sandbox's own machine are not limited either, because
 * tests and the developer share one address there.
 */
export function limitSignIns(dependencies: HttpDependencies): MiddlewareHandler<HttpEnvironment> {
  const { context, config } = dependencies;
  const limit = new SignInLimit(context.clock, {
    fromOne: config.SIGN_IN_STARTS_PER_MINUTE,
    fromAll: config.SIGN_IN_STARTS_PER_MINUTE_IN_ALL,
  });
  const noticeProxy = createProxyNotice(dependencies);
  return async (c, next) => {
    const address = clientAddress(c, dependencies);
    noticeProxy(c, address);
    if (isBesideSandbox(c, dependencies)) return next();
    const refusal =
      address === undefined
        ? limit.take(undefined)
        : limit.take(customerNetwork(address), customerSite(address));
    if (refusal === undefined) return next();
    const error = tooManySignIns(refusal);
    return c.req.method === 'GET'
      ? answerProblemPage(c, dependencies, error)
      : answerProblem(c, dependencies, error);
  };
}

function tooManySignIns({ limit, retryAfterMs }: SignInRefusal): DropError {
  const from = { fromOne: 'one address', fromSite: 'one site', fromAll: 'all addresses together' }[limit];
  return new DropError('rate_limited', { message: `too many sign-ins from ${from}`, retryAfterMs });
}

/**
 * Warns once when TRUSTED_PROXY_HOPS seems wrong. All customers would then share the proxy's address, or have none, and
 * would be limited together. Any client can send the header, so the warning does not change which addresses are
 * trusted.
 */
function createProxyNotice({
  context,
  config,
}: HttpDependencies): (c: HttpContext, address: string | undefined) => void {
  const hops = config.TRUSTED_PROXY_HOPS;
  const isOdd = (c: HttpContext, address: string | undefined): boolean =>
    hops > 0 ? address === undefined : c.req.header('x-forwarded-for') !== undefined;
  const message =
    hops > 0
      ? `X-Forwarded-For has no client address at the position that TRUSTED_PROXY_HOPS=${hops} expects`
      : 'a request has X-Forwarded-For, but TRUSTED_PROXY_HOPS is 0';
  let isTold = false;
  return (c, address) => {
    if (isTold || !isOdd(c, address)) return;
    isTold = true;
    context.log('warn', message, { consequence });
  };
}

const consequence =
  'behind a proxy, all customers share one sign-in limit, and banks receive the proxy’s address or none';
