import { z } from 'zod';
import { invalidParameters, readParameters } from '#emulation/action-parameters.ts';
import { dayAfter } from '#domain/banking/bank-days.ts';
import type { Emulator, EmulatorContext } from '#emulation/emulator.ts';
import { consentStatusAt, type BankConsent, type BankPayment, type World } from './world.ts';

type Actions = NonNullable<Emulator['actions']>;
/** The world of now: a reset replaces it. */
type CurrentWorld = () => World<BankConsent, BankPayment>;

type Settling = Record<'proceed' | 'expire', (payment: BankPayment) => void>;

/** What the control plane may do at the banks of any provider. */
export function bankActions(
  world: CurrentWorld,
  { clock, proceed, expire }: Pick<EmulatorContext, 'clock'> & Settling,
): Actions {
  return {
    expire_consents: endConsents('expired', world, clock),
    revoke_consents: endConsents('revoked', world, clock),
    misreport_payments: misreportPayments(world),
    misstate_payments: misstatePayments(world),
    set_balance: setBalance(world),
    payment_outcome: decideOutcome(world),
    advance_days: advanceDays(world, proceed),
    expire_approvals: expireApprovals(world, expire),
  };
}

/** `{ consentId? }`: of one consent, or of all. `sessionId` is its name from before. */
const ofConsent = z.strictObject({ consentId: z.string().optional(), sessionId: z.string().optional() });

function endConsents(
  status: 'expired' | 'revoked',
  world: CurrentWorld,
  clock: EmulatorContext['clock'],
): Actions[string] {
  return async (input) => {
    const { sessionId, consentId = sessionId } = readParameters(ofConsent, input);
    const now = clock.now();
    const ended = world().consents.filter(
      (consent) =>
        consentStatusAt(consent, now) === 'active' && (consentId ?? consent.reference) === consent.reference,
    );
    for (const consent of ended) consent.status = status;
    return { ended: ended.length };
  };
}

function misreportPayments(world: CurrentWorld): Actions[string] {
  const misreport = z.strictObject({ member: z.enum(['amount', 'creditor', 'order', 'nothing']) });
  return async (input) => {
    const { member } = readParameters(misreport, input);
    world().misreport = member === 'nothing' ? undefined : member;
    return { member };
  };
}

/** `{ member }`: how statements show payments from now on. */
function misstatePayments(world: CurrentWorld): Actions[string] {
  const members = ['amount', 'creditor', 'no_creditor', 'twice', 'returned', 'spelling', 'nothing'] as const;
  const misstatement = z.strictObject({ member: z.enum(members) });
  return async (input) => {
    const { member } = readParameters(misstatement, input);
    world().misstatement = member === 'nothing' ? undefined : member;
    return { member };
  };
}

function setBalance(world: CurrentWorld): Actions[string] {
  const balance = z.strictObject({
    accountNumber: z.string(),
    balanceOere: z.int(),
    /** A bank's name; without it, at every bank. */
    bank: z.string().optional(),
  });
  return async (input) => {
    const { accountNumber, balanceOere, bank } = readParameters(balance, input);
    const accounts = world().accounts.filter(
      (account) =>
        account.accountNumber === accountNumber && (bank ?? account.bank.name) === account.bank.name,
    );
    for (const account of accounts) account.bookedOere = balanceOere;
    return { changed: accounts.length };
  };
}

function decideOutcome(world: CurrentWorld): Actions[string] {
  const outcome = z.strictObject({
    outcome: z.enum(['settle', 'reject', 'insufficient_funds', 'stall']),
    /** Without it, of the next payment that is created. */
    paymentId: z.string().optional(),
  });
  return async (input) => {
    const { outcome: plan, paymentId } = readParameters(outcome, input);
    const payment = world().payments.get(paymentId ?? '');
    if (paymentId !== undefined && payment === undefined) throw invalidParameters('no such payment');
    if (payment) payment.plan = plan;
    else world().nextPlan = plan;
    return { outcome: plan };
  };
}

/** Brings the days of all payments that wait for theirs nearer, as if so many days had passed at the banks. */
function advanceDays(world: CurrentWorld, proceed: Settling['proceed']): Actions[string] {
  const passed = z.strictObject({ days: z.int().min(1).max(400) });
  return async (input) => {
    const { days } = readParameters(passed, input);
    const waiting = [...world().payments.values()].filter(
      (payment) => payment.dueOn !== undefined && ['RCVD', 'ACTC'].includes(payment.status),
    );
    for (const payment of waiting) {
      payment.dueOn = dayAfter(payment.dueOn ?? '', -days);
      if (payment.status === 'ACTC') proceed(payment);
    }
    return { payments: waiting.length };
  };
}

/** Ends the time in which the payments that wait for their customers can be approved. */
function expireApprovals(world: CurrentWorld, expire: Settling['expire']): Actions[string] {
  const nothing = z.strictObject({});
  return async (input) => {
    readParameters(nothing, input);
    const waiting = [...world().payments.values()].filter(({ status }) => status === 'RCVD');
    for (const payment of waiting) expire(payment);
    return { payments: waiting.length };
  };
}
