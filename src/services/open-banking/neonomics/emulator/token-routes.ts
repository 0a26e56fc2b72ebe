import { Hono } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { refuseAtGateway } from './refusal.ts';
import { newId, type Bench } from './world.ts';

const tokenSeconds = 3_600;
export const realm = 'sandbox';

/** Keycloak's token endpoint: client credentials, and the refresh tokens that it gives with them. */
export function tokenRoutes({ context, keys }: Bench): Hono<EmulatorEnvironment> {
  const routes = new Hono<EmulatorEnvironment>();
  const refreshTokens = new Set<string>();
  const guard = context.faults.guard('fetch_token');
  routes.post(`/auth/realms/${realm}/protocol/openid-connect/token`, guard, async (c) => {
    const form = await c.req.parseBody();
    if (form['client_id'] !== keys.clientId || form['client_secret'] !== keys.clientSecret)
      throw refuseAtGateway(401, 'unauthorized_client');
    assertGrant(form, refreshTokens);
    const refreshToken = newId();
    refreshTokens.add(refreshToken);
    return c.json({
      access_token: keys.newToken(new Date(context.clock.now().getTime() + tokenSeconds * 1_000)),
      expires_in: tokenSeconds,
      refresh_expires_in: tokenSeconds / 2,
      refresh_token: refreshToken,
      token_type: 'bearer',
      'not-before-policy': 0,
      session_state: newId(),
      scope: 'email profile',
    });
  });
  return routes;
}

function assertGrant(form: Record<string, unknown>, refreshTokens: Set<string>): void {
  switch (form['grant_type']) {
    case 'client_credentials':
      return;
    case 'refresh_token':
      if (refreshTokens.delete(String(form['refresh_token']))) return;
      throw refuseAtGateway(400, 'invalid_grant');
    default:
      throw refuseAtGateway(400, 'unsupported_grant_type');
  }
}
