import type { MiddlewareHandler } from 'hono';
import { DropError, type FieldFault } from '#domain/errors.ts';
import type { HttpDependencies, HttpEnvironment } from './environment.ts';
import { answerProblemPage } from './problem.ts';
import { faultsListedMax } from './listed-faults.ts';

/**
 * Refuses requests with a text in the path, query or JSON that PostgreSQL cannot store: one with U+0000, or with a lone
 * surrogate, which has no UTF-8 form. So schemas need not check for it.
 *
 * Headers need no check: HTTP does not allow NUL in them, and Node decodes them as Latin-1.
 */
export function refuseUnstorable(dependencies: HttpDependencies): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const names = [...unstorableInUrl(c.req.url), ...(await unstorableInBody(c.req))];
    if (names.length === 0) return next();
    const fields = names.map(faultOf);
    return answerProblemPage(c, dependencies, new DropError('invalid_request', { fields }));
  };
}

/** The name is the sender's, because no schema has been applied yet. */
function faultOf(field: string): FieldFault {
  return { field, message: 'characters_hidden', isNamedBySender: true };
}

/** NUL can only occur percent-encoded in a URL, and bytes that are not UTF-8 are read as U+FFFD. */
function unstorableInUrl(url: string): string[] {
  if (!url.includes('%00')) return [];
  const { pathname, searchParams } = new URL(url);
  const names = [...searchParams].filter((pair) => pair.some(isUnstorable)).map(([name]) => name);
  return pathname.includes('%00') ? ['path', ...names] : names;
}

/** JSON can contain both only as escapes, which few bodies have. */
async function unstorableInBody(request: { method: string; text(): Promise<string> }): Promise<string[]> {
  if (request.method === 'GET' || request.method === 'HEAD') return [];
  const body = await request.text();
  return body.includes('\\u') ? unstorableIn(parsed(body)) : [];
}

/** A body that is not JSON is left to the routes that require JSON; they refuse it. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * The paths of such texts, such as `creditor.name`. Not recursive, because the sender decides how deep a body is
 * nested.
 */
function unstorableIn(value: unknown): string[] {
  const found = new Set<string>();
  const open: { path: string; value: unknown }[] = [{ path: '', value }];
  for (let next = open.pop(); next !== undefined && found.size < faultsListedMax; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === 'string' && isUnstorable(value)) found.add(path);
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, member] of Object.entries(value)) {
      const memberPath = path === '' ? name : `${path}.${name}`;
      if (isUnstorable(name)) found.add(path);
      open.push({ path: memberPath, value: member });
    }
  }
  return [...found];
}

function isUnstorable(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}
