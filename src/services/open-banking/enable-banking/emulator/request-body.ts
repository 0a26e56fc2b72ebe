import type { Context } from 'hono';
import { z } from 'zod';
import { sandboxBanks, type SandboxBank } from '#emulation/bank/banks.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { refuse, refuseForm } from './refusal.ts';

type RequestContext = Context<EmulatorEnvironment>;

/** Of `StartAuthorizationRequest` and `CreatePaymentRequest`. */
export const redirectFields = {
  aspsp: z.object({ name: z.string(), country: z.string() }),
  state: z.string(),
  redirect_url: z.url(),
  auth_method: z.string().nullish(),
  credentials: z.record(z.string(), z.unknown()).nullish(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .nullish(),
  psu_id: z.string().nullish(),
};

/** Reads a JSON body or refuses it as the provider does, naming the fields. */
export async function readBody<Schema extends z.ZodType>(
  c: RequestContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await readJson(c));
  if (parsed.success) return parsed.data;
  throw refuseForm('body', parsed.error);
}

async function readJson(c: RequestContext): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
    throw refuse('WRONG_REQUEST_PARAMETERS', 'the Content-Type header must be application/json');
  }
  const text = await c.req.text();
  if (text === '') throw refuse('WRONG_REQUEST_PARAMETERS', 'the body is missing');
  try {
    return JSON.parse(text);
  } catch {
    throw refuse('WRONG_REQUEST_PARAMETERS', 'the body is not JSON');
  }
}

/** An id in a path that the documentation says is a UUID. */
export function readUuid(c: RequestContext, name: string): string {
  const parsed = z.object({ [name]: z.guid() }).safeParse(c.req.param());
  if (!parsed.success) throw refuseForm('path', parsed.error);
  return c.req.param(name) ?? '';
}

export function findBank({ name, country }: { name: string; country: string }): SandboxBank {
  const bank = sandboxBanks.find((candidate) => candidate.name === name);
  if (bank === undefined || country !== 'NO') throw refuse('WRONG_ASPSP_PROVIDED');
  return bank;
}
