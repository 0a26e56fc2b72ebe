import type { MiddlewareHandler } from 'hono';
import type { Clock } from '#domain/clock.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import type { EmulatorKeys } from './keys.ts';
import { refuse } from './refusal.ts';
import { faultOfToken } from './token.ts';

/** Demands the application's JSON Web Token as a bearer token. */
export function authenticate(keys: EmulatorKeys, clock: Clock): MiddlewareHandler<EmulatorEnvironment> {
  return async (c, next) => {
    const header = c.req.header('authorization');
    if (header === undefined) throw refuse('AUTHORIZATION_NOT_PROVIDED', 'there is no Authorization header');
    const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
    const fault =
      token === undefined
        ? 'the Authorization header is not Bearer and a token'
        : faultOfToken(token, keys, clock.now());
    if (fault !== undefined) throw refuse('UNAUTHORIZED_ACCESS', fault);
    await next();
  };
}
