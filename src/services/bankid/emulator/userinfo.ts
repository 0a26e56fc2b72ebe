import type { Context } from 'hono';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { overridden, noUserinfoOverride } from './override.ts';
import { personClaims, subjectOf } from './id-token.ts';
import { profileOf, type EmulatorState } from './state.ts';

/**
 * OpenID Connect Core 1.0, 5.3, with the access token in the header only (RFC 6750, 2.1): a token in the query would
 * end up in logs.
 */
export function userinfo(c: Context<EmulatorEnvironment>, state: EmulatorState): Response {
  const override = state.nextUserinfoBend;
  state.nextUserinfoBend = noUserinfoOverride;
  const token = /^Bearer ([\w-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
  if (token === undefined) return c.body(null, 401, { 'www-authenticate': 'Bearer realm="sandbox"' });
  const access = state.accessTokens.peek(token);
  if (!access) {
    const challenge = 'Bearer realm="sandbox", error="invalid_token"';
    return c.json({ error: 'invalid_token' }, 401, { 'www-authenticate': challenge });
  }
  const { person, scope } = access;
  const profile = profileOf(state);
  const told = profile.identitySource === 'userinfo' ? personClaims(person, scope, profile) : {};
  const claims = overridden({ sub: subjectOf(person), ...told }, override.claims, override.withoutClaims);
  c.header('cache-control', 'no-store');
  switch (override.as) {
    case 'json':
      return c.json(claims, override.status);
    case 'html':
      return c.html('<!doctype html><title>Maintenance</title>');
    case 'jwt':
      return c.body('e30.e30.c2lnbmF0dXJl', 200, { 'content-type': 'application/jwt' });
  }
}
