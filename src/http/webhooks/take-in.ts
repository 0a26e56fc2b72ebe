import { localeFromHeader } from '#domain/locale.ts';
import { createWebhookReceiver, type Receipt } from '#inbox/receive.ts';
import type { WebhookHeaders } from '#inbox/webhook-source.ts';
import { receiverPorts } from '#store/inbox/ports.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { HttpDependencies } from '../environment.ts';
import { problemHeaders, problemOf, reportProblem, toDropError } from '../problem.ts';
import { logRequest } from '../log-requests.ts';
import { requestIdOf } from '../request-id.ts';
import { describe, requestSpan } from '../trace-requests.ts';
import type { RoutingDependencies, WebhookRoute } from './routing.ts';

/** The dependencies of webhooks. */
export interface WebhookDependencies
  extends
    RoutingDependencies,
    Pick<HttpDependencies, 'onAnswered' | 'onWebhookAccepted' | 'onWebhookRefused' | 'onServerError'> {
  context: Pick<UseCaseContext, 'store' | 'clock' | 'entropy' | 'log' | 'tracing'>;
}

/** A webhook that arrives, whichever HTTP interface it comes through. */
export interface ArrivingWebhook {
  readonly found: WebhookRoute;
  readonly method: string;
  /** With the query, as the sender requested it. */
  readonly path: string;
  readonly headers: WebhookHeaders;
  /** The exact bytes of the body. @throws {DropError} `payload_too_large`, `webhook_malformed`. */
  readBody(): Promise<Uint8Array>;
  /** Sends the answer. Called once. */
  answer(answer: WebhookAnswer): void;
}

export interface WebhookAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * Takes in webhooks: verifies the raw bytes, stores them and answers once they are durable. Both ways in share it, so
 * their statuses and bodies are the same.
 */
export function createWebhookTakeIn(dependencies: WebhookDependencies): (webhook: ArrivingWebhook) => void {
  const { tracing, log } = dependencies.context;
  const unanswered = (error: unknown): void => log('error', 'a webhook was not answered', { error });
  const answer = createAnswering(dependencies);
  return (webhook) => {
    if (!tracing.isOn) return void answer(webhook).catch(unanswered);
    const { method, found } = webhook;
    const span = requestSpan(method, webhook.headers.get('traceparent') ?? undefined);
    tracing
      .run(span, async (opened) => {
        describe(opened, { method, route: found.route, ...(await answer(webhook)) });
      })
      .catch(unanswered);
  };
}

/** Rejects only if the answer could not be sent. */
function createAnswering(
  dependencies: WebhookDependencies,
): (webhook: ArrivingWebhook) => Promise<{ status: number; requestId: string }> {
  const { clock, entropy, log, tracing } = dependencies.context;
  const receiver = createWebhookReceiver({ clock, ...receiverPorts(dependencies.context.store) });
  // One async function and a callback: the promises of several cost a flood of webhooks 4 % of the processor.
  return async (webhook) => {
    const { method, path, headers } = webhook;
    const startedMs = clock.monotonicMs();
    const requestId = requestIdOf(headers.get('x-request-id') ?? undefined, entropy);
    let answer: WebhookAnswer;
    try {
      const delivery = { method, path, headers, rawBody: await webhook.readBody() };
      const traceparent = tracing.current();
      answer =
        acknowledgements[await receiver.receive(webhook.found.source, delivery, { requestId, traceparent })];
      dependencies.onWebhookAccepted(webhook.found.source.provider);
    } catch (error) {
      answer = refusal(webhook, { requestId, error }, dependencies);
    }
    const standing = { 'x-content-type-options': 'nosniff', 'x-request-id': requestId };
    webhook.answer({ ...answer, headers: { ...answer.headers, ...standing } });
    const { found, method: by } = webhook;
    const durationMs = clock.monotonicMs() - startedMs;
    const answered = { method: by, route: found.route, status: answer.status, durationMs };
    dependencies.onAnswered?.(answered);
    logRequest(log, { ...answered, requestId });
    return { status: answer.status, requestId };
  };
}

const acknowledgementHeaders = { 'content-type': 'application/json', 'cache-control': 'no-store' };
const acknowledge = (receipt: Receipt): WebhookAnswer => ({
  status: 200,
  headers: acknowledgementHeaders,
  body: JSON.stringify({ receipt }),
});
const acknowledgements = { stored: acknowledge('stored'), duplicate: acknowledge('duplicate') };

function refusal(
  { found, method, headers }: ArrivingWebhook,
  thrown: { requestId: string; error: unknown },
  dependencies: WebhookDependencies,
): WebhookAnswer {
  const error = toDropError(thrown.error);
  dependencies.onWebhookRefused(found.source.provider, error.code);
  const locale = localeFromHeader(headers.get('accept-language') ?? undefined);
  const request = { requestId: thrown.requestId, locale, method, route: found.route };
  reportProblem(request, dependencies, error);
  const problem = problemOf(request, error);
  return { status: problem.status, headers: problemHeaders(problem), body: JSON.stringify(problem) };
}
