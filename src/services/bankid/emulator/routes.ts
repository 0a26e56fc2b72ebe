import type { Context, Hono } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { authorize, choose } from './authorization-endpoint.ts';
import { discoveryDocument } from './discovery.ts';
import { broughtKeysPath, parPath, tokenPath } from './paths.ts';
import type { EmulatorState } from './state.ts';
import { par, token } from './token-endpoint.ts';
import { userinfo } from './userinfo.ts';

type Routes = Hono<EmulatorEnvironment>;
type C = Context<EmulatorEnvironment>;

export function addRoutes(routes: Routes, state: EmulatorState): void {
  const { faults } = state.context;
  const counted = (operation: string) => async (_: C, next: () => Promise<void>) => {
    state.requests.set(operation, (state.requests.get(operation) ?? 0) + 1);
    await next();
  };
  const guarded = (operation: string) => [counted(operation), faults.guard(operation)] as const;

  routes.get('/.well-known/openid-configuration', ...guarded('discovery'), (c) =>
    c.json(discoveryDocument(state), 200, { 'cache-control': 'public, max-age=3600' }),
  );
  routes.get('/protocol/openid-connect/certs', ...guarded('jwks'), (c) => {
    const cacheControl = `public, max-age=${state.keys.maxAgeSeconds}, must-revalidate`;
    return c.json({ keys: state.keys.published() }, 200, { 'cache-control': cacheControl });
  });
  routes.get(broughtKeysPath, counted('brought_keys'), (c) => c.json({ keys: state.keys.impostors() }));
  routes.post(parPath, ...guarded('par'), async (c) => par(c, state));
  routes.get('/precheck/auth', ...guarded('authorize'), (c) => authorize(c, state));
  routes.all('/precheck/auth', (c) => c.text('Method Not Allowed', 405, { allow: 'GET' }));
  routes.post('/precheck/choose', async (c) => choose(c, state));
  routes.on(['GET', 'POST'], '/userinfo', ...guarded('userinfo'), (c) => userinfo(c, state));
  routes.post(tokenPath, ...guarded('token'), async (c) => token(c, state));
}
