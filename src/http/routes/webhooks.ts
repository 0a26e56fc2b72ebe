import type { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { DropError } from '#domain/errors.ts';
import { receiveWebhook, webhookBytesMax } from '#inbound/receive.ts';
import type { HttpDependencies, HttpEnvironment, HttpContext } from '../environment.ts';

/** The providers' ways in. They are not in the OpenAPI document: their form is the providers'. */
export function webhookRoutes(app: OpenAPIHono<HttpEnvironment>, dependencies: HttpDependencies): void {
  const { context, webhookSources, config } = dependencies;

  async function receive(c: HttpContext, provider: string): Promise<Response> {
    const source = webhookSources.find((candidate) => candidate.provider === provider);
    if (!source)
      throw new DropError('not_found', { message: 'no provider of that name sends webhooks here' });
    const delivery = {
      rawBody: new Uint8Array(await c.req.arrayBuffer()),
      headers: c.req.raw.headers,
      query: new URL(c.req.url).searchParams,
    };
    const receipt = await receiveWebhook(
      { database: context.store.database, clock: context.clock },
      source,
      delivery,
    );
    return c.json({ receipt });
  }

  const limit = bodyLimit({
    maxSize: webhookBytesMax,
    onError: () => {
      throw new DropError('payload_too_large');
    },
  });
  app.post('/api/kyc/webhook', limit, (c) => receive(c, 'sumsub'));
  app.post('/api/openbanking/webhook', limit, (c) => receive(c, config.openBanking.providerId));
  app.post('/api/openbanking/webhook/:provider', limit, (c) => receive(c, c.req.param('provider')));
}
