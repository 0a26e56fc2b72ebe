import { timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { isDropError } from '#domain/errors.ts';
import { faultSchema } from '#emulation/faults.ts';
import { resetMockServices } from '#services/index.ts';
import { sha256 } from '#store/hash.ts';
import { connectionsOf } from './connections.ts';
import type { PlacedEmulator } from './emulators.ts';

/**
 * The sandbox's control plane, for tests and for other clients of the emulators, behind a token (docs/sandbox.md):
 *
 * - `GET /__sandbox/connections` how a client connects to each emulator: address, client id, secrets and keys
 * - `GET /__sandbox/state` what every emulator holds
 * - `POST /__sandbox/reset` forget it; in mock mode, what the mocks remember
 * - `POST /__sandbox/:emulator/faults` add a fault, `DELETE` clear them
 * - `POST /__sandbox/:emulator/actions/:name` what that emulator offers beyond
 */
export function controlRoutes(emulators: readonly PlacedEmulator[], token: string): Hono {
  const app = new Hono();
  const find = (name: string): PlacedEmulator | undefined =>
    emulators.find(({ emulator }) => emulator.name === name);
  const noEmulator = noneSuch(
    'emulator',
    emulators.map(({ emulator }) => emulator.name),
  );
  const isToken = (given: string): boolean => timingSafeEqual(sha256(given), sha256(`Bearer ${token}`));

  app.use('/__sandbox/*', async (c, next) => {
    if (!isToken(c.req.header('authorization') ?? ''))
      return c.json({ error: 'the token of the control plane' }, 401);
    return next();
  });

  app.onError((error, c) => {
    if (isDropError(error, 'invalid_request')) return c.json({ error: error.message }, 400);
    if (error instanceof z.ZodError) return c.json({ error: z.prettifyError(error) }, 400);
    throw error;
  });

  app.get('/__sandbox/connections', (c) => c.json(connectionsOf(emulators)));

  app.get('/__sandbox/state', (c) => {
    const states = emulators.map(({ emulator, faults }) => [
      emulator.name,
      {
        faults: faults.list(),
        operations: faults.operations,
        errorCodes: faults.codes,
        actions: Object.keys(emulator.actions ?? {}),
        state: emulator.state(),
      },
    ]);
    return c.json(Object.fromEntries(states) as object);
  });

  app.post('/__sandbox/reset', (c) => {
    for (const { emulator, faults } of emulators) {
      emulator.reset();
      faults.clear();
    }
    // In mock mode there are no emulators.
    resetMockServices();
    return c.body(null, 204);
  });

  app.post('/__sandbox/:emulator/faults', async (c) => {
    const found = find(c.req.param('emulator'));
    const fault = faultSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!found) return c.json(noEmulator, 404);
    if (!fault.success) return c.json({ error: z.prettifyError(fault.error) }, 400);
    found.faults.add(fault.data);
    return c.json({ faults: found.faults.list() }, 201);
  });

  app.delete('/__sandbox/:emulator/faults', (c) => {
    const found = find(c.req.param('emulator'));
    if (!found) return c.json(noEmulator, 404);
    found.faults.clear();
    return c.body(null, 204);
  });

  app.post('/__sandbox/:emulator/actions/:name', async (c) => {
    const found = find(c.req.param('emulator'));
    if (!found) return c.json(noEmulator, 404);
    const actions = new Map(Object.entries(found.emulator.actions ?? {}));
    const action = actions.get(c.req.param('name'));
    if (!action) return c.json(noneSuch('action', [...actions.keys()]), 404);
    const parameters = (await c.req.json().catch(() => ({}))) as Record<string, unknown>;
    return c.json({ result: (await action(parameters)) ?? null });
  });

  return app;
}

function noneSuch(what: string, names: readonly string[]): { error: string } {
  return { error: `no such ${what}; there are: ${names.join(', ')}` };
}
