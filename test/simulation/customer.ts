import { formOf, type Wish } from './wish.ts';
import { isFinal, type PaymentStatus } from '#domain/payment/status.ts';
import { redirectUrlOf } from '#domain/banking/next-step.ts';
import { findPayment } from '#store/payments.ts';
import type { UseCaseContext } from '#usecases/context.ts';
import { returnFromBank } from '#usecases/banking/return-from-bank.ts';
import { approvalLink } from '#usecases/payments/approval-link.ts';
import { cancelPayment } from '#usecases/payments/cancel.ts';
import { pay } from '#usecases/payments/pay.ts';
import { notePaymentWatched } from '#usecases/payments/watched.ts';
import type { ErrorCode } from '#domain/errors.ts';
import { access } from './stage.ts';
import type { World } from './world.ts';

/** What the customer sees of a payment. */
export interface Seen {
  id: string;
  status: PaymentStatus;
  link: string | undefined;
}

const patienceMs = 15_000;
const attemptsMax = 6;
const looksMax = 8;
const lookEveryMs = 3_000;

/** Refusals after which the same request is made again, under the same key. */
const again: readonly (ErrorCode | undefined)[] = [
  'payment_in_progress',
  'bank_unavailable',
  'database_unavailable',
  'provider_unavailable',
  'provider_timeout',
  'provider_rejected_credentials',
  'internal_error',
  undefined,
];

/** Uses Drop and the bank's pages as a patient customer would. */
export class Customer {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Pays, again under the same key where no answer comes; undefined where Drop refuses for good. */
  async pay(wish: Wish): Promise<Seen | undefined> {
    const { user, stage } = this.#world;
    const form = formOf(wish, stage.accountId);
    const circumstances = { idempotencyKey: wish.key, access, locale: 'nb' } as const;
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const answer = await this.#world.request('pay', async ({ context }) =>
        seenBy(context, (await pay(context, user, { form, circumstances })).id),
      );
      if (answer.kind === 'answered') return answer.value;
      if (answer.kind === 'refused' && !again.includes(answer.code)) return undefined;
      await this.#world.pause(patienceMs);
    }
    return undefined;
  }

  /** Looks at the payment until it is as wanted, or patience ends. */
  async watch(id: string, isEnough: (seen: Seen) => boolean): Promise<Seen | undefined> {
    let last: Seen | undefined;
    for (let look = 0; look < looksMax; look += 1) {
      const answer = await this.#world.request('see', async ({ context }) => {
        const payment = await findPayment(context.store.database, { id });
        if (payment) await notePaymentWatched(context, payment);
        return seenBy(context, id);
      });
      if (answer.kind === 'answered') last = answer.value;
      if (last && isEnough(last)) return last;
      await this.#world.pause(lookEveryMs);
    }
    return last;
  }

  /** Goes to the bank by the link and comes back. */
  async decide(link: string, choice: 'approve' | 'cancel' | 'reject'): Promise<void> {
    await this.#world.pause(4_000);
    const parameters = await this.#world.bank.visit(link, choice);
    this.#world.timeline.tell(`customer at the bank: ${choice}${parameters ? '' : ', too late'}`);
    if (!parameters) return;
    const { user } = this.#world;
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const answer = await this.#world.request('return', ({ context }) =>
        returnFromBank(context, user, { parameters, access }),
      );
      if (answer.kind === 'answered') return;
    }
  }

  /** Pays and decides at the bank, once it is known how to get there. */
  async payAndDecide(wish: Wish, choice: 'approve' | 'cancel' | 'reject'): Promise<Seen | undefined> {
    const paid = await this.pay(wish);
    if (!paid) return undefined;
    const seen = paid.link === undefined ? await this.watch(paid.id, ({ link }) => link !== undefined) : paid;
    if (seen?.link === undefined) return seen;
    await this.decide(seen.link, choice);
    return this.watch(paid.id, ({ status }) => isFinal(status));
  }

  /** Calls a payment back, and approves that where the bank asks for it. */
  async callBack(id: string): Promise<void> {
    const { user } = this.#world;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const answer = await this.#world.request('cancel', async ({ context }) =>
        redirectUrlOf(await cancelPayment(context, user, { id, access })),
      );
      if (answer.kind === 'answered') {
        if (answer.value !== undefined) await this.decide(answer.value, 'approve');
        return;
      }
      await this.#world.pause(patienceMs);
    }
  }
}

async function seenBy(context: UseCaseContext, id: string): Promise<Seen> {
  const payment = await findPayment(context.store.database, { id });
  if (!payment) throw new Error('the payment is there');
  const link = isFinal(payment.status) || payment.contradictedAt ? undefined : approvalLink(context, payment);
  return { id, status: payment.status, link };
}
