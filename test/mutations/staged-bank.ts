import { DropError } from '#domain/errors.ts';
import type { BookedPayment } from '#domain/payment/history.ts';
import type { ReportedStatus } from '#domain/payment/status.ts';
import type {
  PaymentInitiation,
  PaymentReport,
  PaymentRequest,
  SteppedPayment,
} from '#services/open-banking/service.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import { report } from '../usecases/banking/made-up-bank.ts';

/** A payment as the staged bank keeps it. */
export interface StagedPayment extends BookedPayment {
  status: ReportedStatus;
}

export type Rules = Pick<PaymentInitiation, 'needsApproval' | 'quarantineMs' | 'idempotentInitiation'>;

/** The answer to an initiation that the bank has taken; `undefined` where it is lost. */
type Answering = (taken: StagedPayment, count: number) => Promise<SteppedPayment | undefined>;

const states: Partial<Record<ReportedStatus, BookedPayment['state']>> = {
  awaiting_authorisation: 'waiting',
  settled: 'carried_out',
  rejected: 'ended',
};

/** A bank with books of its own, which a scenario has answer as it likes. */
export class StagedBank {
  readonly books: StagedPayment[] = [];
  readonly provider: string;
  /** How initiations are answered: with the payment, unless a scenario has it otherwise. */
  answer: Answering = async (taken) => ({ ...reportOf(taken), next: { kind: 'none' } });

  constructor(provider: string) {
    this.provider = provider;
  }

  /** The bank as Drop calls it. */
  pis(rules: Rules): PaymentInitiation {
    return {
      ...rules,
      initiatePayment: async (request) => this.#initiate(request, rules),
      readPayment: async ({ reference }) => reportOf(this.named(reference)),
    };
  }

  named(reference: string): StagedPayment {
    const found = this.books.find((each) => each.reference === reference);
    if (!found) throw new DropError('payment_unknown', { outcome: 'refused' });
    return found;
  }

  /** Moves every payment that is not over to `status`. */
  move(status: ReportedStatus): void {
    for (const each of this.books) {
      if (each.state === 'ended' || each.state === 'carried_out') continue;
      each.status = status;
      each.state = states[status] ?? 'under_way';
    }
  }

  #count = 0;

  async #initiate(
    { paymentId, order }: PaymentRequest,
    { idempotentInitiation }: Rules,
  ): Promise<SteppedPayment> {
    const known = idempotentInitiation ? this.books.find((each) => each.paymentId === paymentId) : undefined;
    const taken: StagedPayment = known ?? {
      provider: this.provider,
      reference: `${paymentId.slice(-12)}-${this.books.length + 1}`,
      paymentId,
      state: 'waiting',
      status: 'awaiting_authorisation',
      order: { money: order.money, creditorAccountNumber: order.creditorAccountNumber },
    };
    if (!known) this.books.push(taken);
    const answer = await this.answer(taken, (this.#count += 1));
    if (!answer) throw new DropError('payment_outcome_unknown', { outcome: 'unknown' });
    return answer;
  }
}

/** What the bank says of one of its payments. */
export function reportOf({ reference, status, order, paymentId = '' }: StagedPayment): PaymentReport {
  const said = { ...order, endToEndId: endToEndIdOf(paymentId) };
  return report({ reference, status, wireStatus: 'WORD', order: { kind: 'read', order: said } });
}
