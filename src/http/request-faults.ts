import { defaultLocale } from '#domain/locale.ts';
import type { HttpDependencies } from './environment.ts';
import type { RequestFaults } from './listen.ts';
import { problemHeaders, problemOf, reportProblem, unreadableAddress } from './problem.ts';
import { requestIdOf } from './request-id.ts';

/** Requests that reach no route are answered with a problem, or logged and counted, as those that do. */
export function createRequestFaults(dependencies: HttpDependencies): RequestFaults {
  const { context, onServerError } = dependencies;
  return {
    refuse(cause) {
      const requestId = requestIdOf(undefined, context.entropy);
      const request = { requestId, locale: defaultLocale, method: 'unknown', route: 'none' };
      const error = unreadableAddress(cause);
      reportProblem(request, dependencies, error);
      const problem = problemOf(request, error);
      return new Response(JSON.stringify(problem), { status: 400, headers: problemHeaders(problem) });
    },
    onFailure(error) {
      onServerError({ code: 'internal_error' });
      context.log('error', 'a request failed outside its route', { error });
    },
  };
}
