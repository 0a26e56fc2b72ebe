import type { MiddlewareHandler } from 'hono';
import { jwtVerify } from 'jose';
import type { Clock } from '#domain/clock.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import type { EmulatorKeys } from './keys.ts';
import { refuse } from './refusal.ts';

const lifetimeSecondsMax = 86_400;

/** Demands the application's JSON Web Token, as the provider does (OpenAPI, "JWT format and signature"). */
export function authenticate(keys: EmulatorKeys, clock: Clock): MiddlewareHandler<EmulatorEnvironment> {
  return async (c, next) => {
    const header = c.req.header('authorization');
    if (header === undefined) throw refuse('AUTHORIZATION_NOT_PROVIDED');
    const token = /^Bearer (.+)$/.exec(header)?.[1];
    if (token === undefined || !(await isAccepted(token, keys, clock))) throw refuse('UNAUTHORIZED_ACCESS');
    await next();
  };
}

async function isAccepted(token: string, keys: EmulatorKeys, clock: Clock): Promise<boolean> {
  try {
    const { protectedHeader, payload } = await jwtVerify(token, keys.applicationPublicKey, {
      algorithms: ['RS256'],
      typ: 'JWT',
      issuer: 'enablebanking.com',
      audience: 'api.enablebanking.com',
      currentDate: clock.now(),
      requiredClaims: ['iat', 'exp'],
      maxTokenAge: lifetimeSecondsMax,
    });
    const { iat = 0, exp = 0 } = payload;
    return protectedHeader.kid === keys.applicationId && exp - iat <= lifetimeSecondsMax;
  } catch {
    // Whatever is wrong with it, the provider says no more than that access is unauthorised.
    return false;
  }
}
