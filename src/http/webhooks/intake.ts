import type { IncomingMessage, ServerResponse } from 'node:http';
import { localeFromHeader } from '#domain/locale.ts';
import type { Intake } from '../listen.ts';
import { createWebhookReceiver, webhookBytesMax, type Receipt } from '#inbox/receive.ts';
import type { WebhookHeaders, WebhookSource } from '#inbox/webhook-source.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { HttpDependencies } from '../environment.ts';
import { problemHeaders, problemOf, reportProblem, toDropError } from '../problem.ts';
import { readRawBody } from './raw-body.ts';
import { requestIdOf } from '../request-id.ts';
import { describe, requestSpan } from '../trace-requests.ts';

/** What of Drop webhooks need. */
export interface WebhookDependencies extends Pick<
  HttpDependencies,
  'webhookSources' | 'onWebhookRefused' | 'onServerError'
> {
  context: Pick<UseCaseContext, 'store' | 'clock' | 'entropy' | 'log' | 'tracing'>;
  config: { openBanking: { providerId: string } };
}

interface Route {
  route: string;
  source: WebhookSource;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * The providers' ways in. They are not in the OpenAPI document: their form is the providers'. Webhooks come in floods,
 * so they are taken as Node hands them over, before all that is for browsers, which costs more than all else a webhook
 * needs (docs/decisions/0011).
 */
export function createWebhookIntake(dependencies: WebhookDependencies): Intake {
  const { tracing } = dependencies.context;
  const routeOf = createRouting(dependencies);
  const answer = createAnswering(dependencies);
  return (incoming, outgoing) => {
    const found = incoming.method === 'POST' ? routeOf(pathOf(incoming.url)) : undefined;
    if (!found) return false;
    if (!tracing.isOn) void answer(incoming, outgoing, found);
    else {
      const span = requestSpan('POST', stringOf(incoming.headers['traceparent']));
      void tracing.run(span, async (opened) => {
        const { route } = found;
        describe(opened, { method: 'POST', route, ...(await answer(incoming, outgoing, found)) });
      });
    }
    return true;
  };
}

/** Which source a path belongs to; a provider that sends no webhooks here has none. */
function createRouting({ webhookSources, config }: WebhookDependencies): (path: string) => Route | undefined {
  const sources = new Map(webhookSources.map((source) => [source.provider, source]));
  const withSource = (route: string, provider: string): Route | undefined => {
    const source = sources.get(provider);
    return source && { route, source };
  };
  return (path) => {
    if (path === '/api/kyc/webhook') return withSource(path, 'sumsub');
    if (path === '/api/openbanking/webhook') return withSource(path, config.openBanking.providerId);
    const named = /^\/api\/openbanking\/webhook\/([\w-]+)$/.exec(path)?.[1];
    return named === undefined ? undefined : withSource('/api/openbanking/webhook/:provider', named);
  };
}

type Answering = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  found: Route,
) => Promise<{ status: number; requestId: string }>;

function createAnswering(dependencies: WebhookDependencies): Answering {
  const { entropy } = dependencies.context;
  const receiver = createWebhookReceiver(dependencies.context);

  function refuse(incoming: IncomingMessage, thrown: unknown, given: Route & { requestId: string }): Answer {
    const error = toDropError(thrown);
    const { route, requestId } = given;
    dependencies.onWebhookRefused(given.source.provider, error.code);
    const locale = localeFromHeader(incoming.headers['accept-language']);
    const request = { requestId, locale, method: 'POST', route };
    reportProblem(request, dependencies, error);
    const problem = problemOf(request, error);
    return { status: problem.status, headers: problemHeaders(problem), body: JSON.stringify(problem) };
  }

  // One function: the promises of several cost a flood of webhooks 4 % of the processor.
  return async (incoming, outgoing, found) => {
    const requestId = requestIdOf(stringOf(incoming.headers['x-request-id']), entropy);
    let answer: Answer;
    try {
      const rawBody = await readRawBody(incoming, webhookBytesMax);
      const receipt = await receiver.receive(found.source, { rawBody, headers: headersOf(incoming) });
      answer = acknowledgements[receipt];
    } catch (error) {
      answer = refuse(incoming, error, { ...found, requestId });
    }
    const { status, headers, body } = answer;
    outgoing.writeHead(status, {
      ...headers,
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      'content-length': Buffer.byteLength(body),
    });
    outgoing.end(body);
    return { status, requestId };
  };
}

const acknowledgementHeaders = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const acknowledge = (receipt: Receipt): Answer => ({
  status: 200,
  headers: acknowledgementHeaders,
  body: JSON.stringify({ receipt }),
});
const acknowledgements = { stored: acknowledge('stored'), duplicate: acknowledge('duplicate') };

/** Also of a target that is a whole address, as to a proxy (RFC 9112, 3.2.2). */
function pathOf(target = '/'): string {
  const path = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const at = path.indexOf('?');
  return at < 0 ? path : path.slice(0, at);
}

function headersOf({ headers }: IncomingMessage): WebhookHeaders {
  return { get: (name) => stringOf(headers[name]) ?? null };
}

function stringOf(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
