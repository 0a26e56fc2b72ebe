import type { MiddlewareHandler } from 'hono';
import { DropError } from '#domain/errors.ts';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';
import { answerProblem } from './problem.ts';

/** Routes of the API that only report, so that a monitor may ask them with HEAD. */
const reporting = /^\/api\/(app|docs|health(\/live|\/ready)?|openapi\.json)$/;

/**
 * Refuses HEAD for the API. The router runs a HEAD request as GET and drops the body, and many GET routes have an
 * effect: they start a sign-in, complete one, use up a limit or open a stream. HEAD must have none (RFC 9110, 9.2.1).
 */
export function refuseHead(dependencies: HttpDependencies): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    if (c.req.method !== 'HEAD' || reporting.test(c.req.path)) return next();
    c.header('allow', 'GET');
    return answerProblem(c, dependencies, new DropError('method_not_allowed'));
  };
}
