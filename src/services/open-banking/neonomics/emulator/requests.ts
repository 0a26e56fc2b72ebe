import type { Context, MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import type { SandboxBank } from '#emulation/bank/banks.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { traitsOf } from './banks.ts';
import type { Keys } from './keys.ts';
import { codes, refuse, refuseAtGateway } from './refusal.ts';
import type { Bench, Session } from './world.ts';

type RouteContext = Context<EmulatorEnvironment>;

/** The gateway wants a token, the API behind it a device. */
export function authenticate(
  keys: Keys,
  { clock }: Bench['context'],
): MiddlewareHandler<EmulatorEnvironment> {
  return async (c, next) => {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1];
    if (token === undefined || !keys.isToken(token, clock.now())) throw refuseAtGateway(401, 'invalid_token');
    deviceOf(c);
    await next();
  };
}

export function deviceOf(c: RouteContext): string {
  return header(c, 'x-device-id');
}

function header(c: RouteContext, name: string): string {
  const value = c.req.header(name) ?? '';
  if (value === '') throw refuse(codes.headerMissing, `the header ${name} is missing`);
  return value;
}

/** The session of `x-session-id`, of the device that began it. */
export function sessionOf(c: RouteContext, bench: Bench): Session {
  return findSession(c, header(c, 'x-session-id'), bench);
}

export function findSession(c: RouteContext, id: string, { world }: Bench): Session {
  const session = world().consents.find(({ reference }) => reference === id);
  if (session === undefined || session.isOver || session.device !== deviceOf(c))
    throw refuse(codes.sessionUnknown, 'no such session of this device');
  return session;
}

/** A bank that asks who the customer is gets the number only if it was encrypted with the application's key. */
export function assertIdentified(c: RouteContext, bank: SandboxBank, { keys }: Bench): void {
  if (!traitsOf(bank).asksForNumber) return;
  const number = keys.decryptPsuId(header(c, 'x-psu-id'));
  if (number === undefined || !/^\d{11}$/.test(number))
    throw refuse(codes.parameterInvalid, 'x-psu-id cannot be decrypted');
}

/** The address that the application has registered; what is added as a query comes back. */
export function redirectUrlOf(c: RouteContext, { callbackUrl }: Bench): string {
  const given = c.req.header('x-redirect-url');
  const url = URL.parse(given ?? callbackUrl);
  const registered = new URL(callbackUrl);
  if (url?.origin !== registered.origin || url.pathname !== registered.pathname)
    throw refuse(codes.parameterInvalid, 'x-redirect-url is not registered');
  return url.href;
}

/** Whether the call says that the customer is there. */
export function isAttended(c: RouteContext): boolean {
  const address = c.req.header('x-psu-ip-address') ?? '';
  if (address !== '' && !/^[\da-f.:]{3,45}$/i.test(address))
    throw refuse(codes.parameterInvalid, 'x-psu-ip-address is no address');
  return address !== '';
}

export async function readBody<Schema extends z.ZodType>(
  c: RouteContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await c.req.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw refuse(codes.parameterInvalid, `${first?.path.join('.') ?? 'the body'} is missing or invalid`);
}
