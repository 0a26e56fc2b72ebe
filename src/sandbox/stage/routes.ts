import { Hono } from 'hono';
import { z } from 'zod';
import { isDropError } from '#domain/errors.ts';
import { stageActSchema, type StagePath } from '#http/contract/stage.ts';
import { carryOut, type StageReach } from './carry-out.ts';
import { viewOf, type StageParts } from './view.ts';

export const stagePath: StagePath = '/__sandbox/stage';

/**
 * The stage, for the web app on the same origin alone: `GET` shows it, `POST` does one of `StageAct`. Other websites
 * and pages of the emulators neither read it nor act, since browsers say where a request comes from; a client that
 * says nothing uses the control plane, with its token.
 */
export function stageRoutes(parts: StageParts & StageReach & { appOrigin: string }): Hono {
  const app = new Hono();
  app.onError((error, c) => {
    if (isDropError(error, 'invalid_request')) return c.json({ error: error.message }, 400);
    throw error;
  });
  app.use(async (c, next) => {
    const origin = c.req.header('origin');
    const isOwnPage = origin === undefined ? c.req.method === 'GET' : origin === parts.appOrigin;
    if (c.req.header('sec-fetch-site') !== 'same-origin' || !isOwnPage)
      return c.json({ error: 'only for the app of this sandbox' }, 403);
    c.header('cache-control', 'no-store');
    c.header('x-content-type-options', 'nosniff');
    return next();
  });
  app.get(stagePath, (c) => c.json(viewOf(parts)));
  app.post(stagePath, async (c) => {
    if (!/^application\/json\b/.test(c.req.header('content-type') ?? ''))
      return c.json({ error: 'the content type must be application/json' }, 415);
    const act = stageActSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!act.success) return c.json({ error: z.prettifyError(act.error) }, 400);
    await carryOut(act.data, parts);
    return c.json(viewOf(parts));
  });
  return app;
}
