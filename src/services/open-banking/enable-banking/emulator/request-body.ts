import type { Context } from 'hono';
import { z } from 'zod';
import { sandboxBanks, type SandboxBank } from '#emulation/bank/banks.ts';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { refuse } from './refusal.ts';

export const redirectFields = {
  aspsp: z.object({ name: z.string(), country: z.string() }),
  state: z.string(),
  redirect_url: z.url(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .nullish(),
  psu_id: z.string().nullish(),
};

/** Reads a JSON body or refuses it as the provider does, naming the fields. */
export async function readBody<Schema extends z.ZodType>(
  c: Context<EmulatorEnvironment>,
  schema: Schema,
): Promise<z.output<Schema>> {
  if (!/^application\/json\b/.test(c.req.header('content-type') ?? '')) {
    throw refuse('WRONG_REQUEST_PARAMETERS', 'the body must be application/json');
  }
  const body: unknown = await c.req.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw refuse('WRONG_REQUEST_PARAMETERS', z.prettifyError(parsed.error));
}

export function findBank({ name, country }: { name: string; country: string }): SandboxBank {
  const bank = sandboxBanks.find((candidate) => candidate.name === name);
  if (bank === undefined || country !== 'NO') throw refuse('WRONG_ASPSP_PROVIDED');
  return bank;
}
