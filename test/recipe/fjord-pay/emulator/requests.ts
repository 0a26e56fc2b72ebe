import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';

/** To be thrown by a handler: answers with Fjord Pay's error body. */
export function refuse(status: ContentfulStatusCode, error: string): HTTPException {
  return new HTTPException(status, { res: Response.json({ error }, { status }) });
}

export async function readBody<Schema extends z.ZodType>(
  c: Context<EmulatorEnvironment>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await c.req.json().catch(() => undefined));
  if (!parsed.success) throw refuse(400, 'request_invalid');
  return parsed.data;
}

/** Demands the application's credentials. */
export function authenticate(credentials: string): MiddlewareHandler<EmulatorEnvironment> {
  const expected = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return async (c, next) => {
    if (c.req.header('authorization') !== expected) throw refuse(401, 'credentials_wrong');
    await next();
  };
}

export const customerSchema = z.object({
  reference: z.string().min(1),
  name: z.string().min(1),
  national_identity_number: z.string().regex(/^\d{11}$/),
});

export const language = z.enum(['nb', 'en']);
