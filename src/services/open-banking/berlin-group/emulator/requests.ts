import type { Context } from 'hono';
import { z } from 'zod';
import type { EmulatorEnvironment } from '#emulation/emulator.ts';
import { sandboxBanks, type SandboxBank } from '#emulation/bank/banks.ts';
import { dialects, type Dialect } from './dialects.ts';
import { refuse } from './refusal.ts';
import type { Bench, Returns } from './world.ts';

export type BankContext = Context<EmulatorEnvironment>;

/** The bank of a request, which `authenticate` has made sure of. */
export function bankOf(c: BankContext): { bank: SandboxBank; dialect: Dialect } {
  const slug = c.req.param('bank') ?? '';
  const [bank, dialect] = [sandboxBanks.find((each) => each.slug === slug), dialects[slug]];
  if (bank && dialect) return { bank, dialect };
  throw refuse('tppMessages', 'RESOURCE_UNKNOWN', 'no such bank');
}

/** A body of the documented form; what is not documented is refused, too. */
export async function readBody<Schema extends z.ZodType>(
  c: BankContext,
  schema: Schema,
): Promise<z.output<Schema>> {
  const { dialect } = bankOf(c);
  const isJson = /^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '');
  const json: unknown = isJson ? await c.req.json().catch(() => undefined) : undefined;
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(dialect.errors, 'FORMAT_ERROR', `${issue?.path.join('.')}: ${issue?.message}`);
}

const returnUri = z.url();

/** What a request that begins a consent or payment says of the customer, which the bank demands. */
export function readPresence(c: BankContext, { callbackUrl }: Bench): Returns {
  const { dialect } = bankOf(c);
  const { errors } = dialect;
  const isAddress = z.union([z.ipv4(), z.ipv6()]).safeParse(c.req.header('psu-ip-address')).success;
  if (!isAddress) throw refuse(errors, 'FORMAT_ERROR', 'PSU-IP-Address is mandatory');
  if (dialect.needsPsuId && !/^\d{11}$/.test(c.req.header('psu-id') ?? ''))
    throw refuse(errors, 'FORMAT_ERROR', 'PSU-ID is mandatory');
  const returns = readReturns(c);
  const isKnown = [returns.ok, returns.nok].every((each) => each.split('?')[0] === callbackUrl);
  if (isKnown) return returns;
  throw refuse(errors, 'FORMAT_ERROR', 'TPP-Redirect-URI is not one of the application');
}

/** The two addresses for the customer's return; the second is optional. */
function readReturns(c: BankContext): Returns {
  const ok = returnUri.safeParse(c.req.header('tpp-redirect-uri'));
  const nok = returnUri.safeParse(c.req.header('tpp-nok-redirect-uri') ?? ok.data);
  if (ok.success && nok.success) return { ok: ok.data, nok: nok.data };
  throw refuse(bankOf(c).dialect.errors, 'FORMAT_ERROR', 'TPP-Redirect-URI is mandatory');
}

/** Whether the request asks for a published change, which some banks do not make without. */
export function hasFix(c: BankContext, fix: string): boolean {
  const { fixes } = bankOf(c).dialect;
  const asked = (c.req.header('x-accept-fix') ?? '').split(',').map((each) => each.trim());
  return !fixes.includes(fix) || asked.includes(fix);
}

/** A link as a bank writes it: relative to its host. */
export function linkTo(c: BankContext, path: string): { href: string } {
  return { href: `/${bankOf(c).bank.slug}${path}` };
}
