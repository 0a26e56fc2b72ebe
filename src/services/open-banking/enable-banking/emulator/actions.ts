import { z } from 'zod';
import { DropError } from '#domain/errors.ts';
import type { Emulator } from '#emulation/emulator.ts';
import type { Bench } from './bench.ts';
import { sessionStatusAt } from './world.ts';

type Actions = NonNullable<Emulator['actions']>;

/** What the control plane may do beyond faults. */
export function createActions(bench: Bench): Actions {
  return { ...consentActions(bench), ...webhookActions(bench), ...moneyActions(bench) };
}

/** `{ sessionId? }`: of one consent, or of all. */
function consentActions({ world, context }: Bench): Actions {
  const parameters = z.strictObject({ sessionId: z.string().optional() });
  const end = (status: 'EXPIRED' | 'REVOKED') => async (input: Record<string, unknown>) => {
    const { sessionId } = read(parameters, input);
    const now = context.clock.now();
    const ended = world().sessions.filter(
      (session) =>
        sessionStatusAt(session, now) === 'AUTHORIZED' &&
        (sessionId ?? session.sessionId) === session.sessionId,
    );
    for (const session of ended) session.status = status;
    return { ended: ended.length };
  };
  return { expire_consents: end('EXPIRED'), revoke_consents: end('REVOKED') };
}

function webhookActions({ webhooks }: Bench): Actions {
  const nothing = z.strictObject({});
  return {
    async hold_webhooks(input) {
      read(nothing, input);
      webhooks.hold();
      return webhooks.state();
    },
    async release_webhooks(input) {
      const { order } = read(z.strictObject({ order: z.enum(['sent', 'reversed']).default('sent') }), input);
      return { released: webhooks.release(order) };
    },
    async duplicate_webhooks(input) {
      const { times } = read(z.strictObject({ times: z.int().min(1).max(20).default(1) }), input);
      webhooks.duplicate(times);
      return { times };
    },
    async corrupt_webhooks(input) {
      read(nothing, input);
      webhooks.corrupt();
      return {};
    },
    async replay_webhooks(input) {
      read(nothing, input);
      return { replayed: webhooks.replay() };
    },
  };
}

function moneyActions({ world }: Bench): Actions {
  const balance = z.strictObject({
    accountNumber: z.string(),
    balanceOere: z.int(),
    /** A bank's name; without it, at every bank. */
    bank: z.string().optional(),
  });
  const outcome = z.strictObject({
    outcome: z.enum(['settle', 'reject', 'insufficient_funds', 'stall']),
    /** Without it, of the next payment that is created. */
    paymentId: z.string().optional(),
  });
  const misreport = z.strictObject({ member: z.enum(['amount', 'creditor', 'order', 'nothing']) });
  return {
    async misreport_payments(input) {
      const { member } = read(misreport, input);
      world().misreport = member === 'nothing' ? undefined : member;
      return { member };
    },
    async set_balance(input) {
      const { accountNumber, balanceOere, bank } = read(balance, input);
      const accounts = world().accounts.filter(
        (account) =>
          account.accountNumber === accountNumber && (bank ?? account.bank.name) === account.bank.name,
      );
      for (const account of accounts) account.bookedOere = balanceOere;
      return { changed: accounts.length };
    },
    async payment_outcome(input) {
      const { outcome: plan, paymentId } = read(outcome, input);
      const payment = world().payments.get(paymentId ?? '');
      if (paymentId !== undefined && payment === undefined) throw invalid('no such payment');
      if (payment) payment.plan = plan;
      else world().nextPlan = plan;
      return { outcome: plan };
    },
  };
}

function read<Schema extends z.ZodType>(schema: Schema, input: Record<string, unknown>): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(z.prettifyError(parsed.error));
}

function invalid(message: string): DropError {
  return new DropError('invalid_request', { message });
}
