import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import { clientAddress, customerNetwork, customerSite, isBesideSandbox } from './client-address.ts';
import type { HttpContext, HttpDependencies, HttpEnvironment } from './environment.ts';
import { answerProblem, answerProblemPage } from './problem.ts';
import { SignInLimit, type SignInRefusal } from './sign-in-limit.ts';

/**
 * Nobody begins more sign-ins from one address than people who share one do: each is a row, and, where requests are
 * pushed, a call to BankID. Ends of sign-ins are not counted: whoever has begun one may finish it. Nor is the sandbox
 * on its own machine, where tests and a developer are one address and take nothing from anybody.
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
 * Where TRUSTED_PROXY_HOPS is not what stands in front of Drop, everybody has the proxy's address or none, and is
 * turned away for what others do. Anybody may send the header, so Drop says so once, and trusts it no more than before.
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
      ? `X-Forwarded-For names no customer where TRUSTED_PROXY_HOPS, which is ${hops}, looks for one`
      : 'a request has X-Forwarded-For, and TRUSTED_PROXY_HOPS is 0';
  let isTold = false;
  return (c, address) => {
    if (isTold || !isOdd(c, address)) return;
    isTold = true;
    context.log('warn', message, { consequence });
  };
}

const consequence =
  'behind a proxy, sign-ins of all customers are counted as those of one, and banks are told its address or none';
