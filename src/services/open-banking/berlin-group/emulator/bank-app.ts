import { z } from 'zod';
import { readParameters } from '#emulation/action-parameters.ts';
import type { SandboxBankCustomer } from '#emulation/bank/customers.ts';
import type { Emulator } from '#emulation/emulator.ts';
import { activate } from './consent-activation.ts';
import { dialects } from './dialects.ts';
import { newId, type Bench, type Consent, type Payment } from './world.ts';

/** For how long the customer looks at the bank's app before answering. */
export const appMs = 1_500;
export const appMessage = 'Bekreft i appen: 4711';

/** What the customer does in the bank's app. `leave`: gives no answer, until another decision is set. */
const decisions = ['approve', 'decline', 'leave'] as const;

const isOver = (startedAt: Date | undefined, { context }: Bench): boolean =>
  startedAt !== undefined && context.clock.now().getTime() >= startedAt.getTime() + appMs;

/** The app knows the first customer with accounts at the bank: the sandbox's numbers are not known to it. */
export function decideConsent(
  consent: Consent,
  bench: Bench,
  customers: readonly SandboxBankCustomer[],
): void {
  if (consent.status !== 'pending' || !isOver(consent.authorisation?.startedAt, bench)) return;
  if (bench.app.decision === 'decline') consent.status = 'declined';
  if (bench.app.decision !== 'approve') return;
  const ofBank = bench.world().accounts.filter(({ bank }) => bank.slug === consent.bank.slug);
  const holder = customers.find(({ name }) => ofBank.some((account) => account.holder === name))?.name;
  consent.holder = holder;
  const owned = ofBank.filter((account) => account.holder === holder);
  consent.accounts = owned.map((account) => ({ reference: newId(), account }));
  activate(consent, bench);
}

/** Asks the app's customer about a payment, who answers after `appMs`. */
export function askInApp(payment: Payment, bench: Bench): void {
  bench.context.clock.schedule(appMs, () => {
    if (bench.world().payments.get(payment.id) === payment) decidePayment(payment, bench);
  });
}

function decidePayment(payment: Payment, bench: Bench): void {
  if (payment.status !== 'RCVD') return;
  if (bench.app.decision === 'approve') bench.settlement.approve(payment);
  if (bench.app.decision === 'decline') bench.settlement.cancel(payment);
}

/** `decide_in_app`: also for the payments that wait for an answer now. */
export function appActions(bench: Bench): NonNullable<Emulator['actions']> {
  const parameters = z.strictObject({ decision: z.enum(decisions) });
  return {
    async decide_in_app(input) {
      const { decision } = readParameters(parameters, input);
      bench.app.decision = decision;
      for (const payment of bench.world().payments.values()) {
        const isAsked = dialects[payment.bank.slug]?.approach === 'DECOUPLED';
        if (isAsked && isOver(payment.authorisation?.startedAt, bench)) decidePayment(payment, bench);
      }
      return { decision };
    },
  };
}
