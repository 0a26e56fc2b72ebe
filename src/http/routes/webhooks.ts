import type { Hono } from 'hono';
import { DropError } from '#domain/errors.ts';
import { createWebhookReceiver, webhookBytesMax, type Receipt } from '#inbound/receive.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import type { HttpDependencies, HttpEnvironment, HttpContext } from '../environment.ts';
import { toDropError } from '../problem.ts';
import { readRawBody } from '../raw-body.ts';

/** What of Drop webhooks need. */
export interface WebhookDependencies extends Pick<HttpDependencies, 'webhookSources' | 'onWebhookRefused'> {
  context: Pick<UseCaseContext, 'store' | 'clock'>;
  config: { openBanking: { providerId: string } };
}

/** The providers' ways in. They are not in the OpenAPI document: their form is the providers'. */
export function webhookRoutes(app: Hono<HttpEnvironment>, dependencies: WebhookDependencies): void {
  const { context, config, onWebhookRefused } = dependencies;
  const sources = new Map(dependencies.webhookSources.map((source) => [source.provider, source]));
  const receiver = createWebhookReceiver(context);

  async function receive(c: HttpContext, provider: string): Promise<Response> {
    const source = sources.get(provider);
    if (!source)
      throw new DropError('not_found', { message: 'no provider of that name sends webhooks here' });
    try {
      const request = c.req.raw;
      const rawBody = await readRawBody(request, webhookBytesMax);
      const delivery = { rawBody, headers: request.headers, query: queryOf(request.url) };
      return acknowledgement(await receiver.receive(source, delivery), c.get('requestId'));
    } catch (error) {
      onWebhookRefused(provider, toDropError(error).code);
      c.header('x-request-id', c.get('requestId'));
      throw error;
    }
  }

  app.post('/api/kyc/webhook', (c) => receive(c, 'sumsub'));
  app.post('/api/openbanking/webhook', (c) => receive(c, config.openBanking.providerId));
  app.post('/api/openbanking/webhook/:provider', (c) => receive(c, c.req.param('provider')));
}

/** Made of plain values, which the server writes without making a `Response` of them first. */
function acknowledgement(receipt: Receipt, requestId: string): Response {
  const headers = { 'content-type': 'application/json', 'x-request-id': requestId };
  return new Response(`{"receipt":"${receipt}"}`, { headers });
}

function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at));
}
