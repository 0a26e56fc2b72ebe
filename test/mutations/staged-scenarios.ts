import { DropError } from '#domain/errors.ts';
import { reportOf, type Rules } from './staged-bank.ts';
import type { Stage } from './stage.ts';

/** What a bank, customers and processes do, step by step. The ledger is held against the books after each step. */
export interface StagedScenario {
  name: string;
  rules?: Partial<Rules>;
  steps: readonly ((stage: Stage) => unknown)[];
  /** Whether payments may stay open at its end, because the bank never answers. */
  staysOpen?: true;
}

const settle = ({ bank }: Stage): void => bank.move('settled');
const hourMs = 3_600_000;
const refusal = new DropError('payment_refused_by_bank', { outcome: 'refused' });

export const stagedScenarios: readonly StagedScenario[] = [
  {
    name: 'a payment is approved and settles',
    steps: [(stage) => stage.pay(), settle, (stage) => stage.hint()],
  },
  {
    name: 'two tabs send one form at once',
    steps: [
      (stage) => stage.cross('users', [() => stage.pay({ key: 'a' }), () => stage.pay({ key: 'a' })]),
      settle,
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'an answer is lost, the customer tries again, and the bank carries out what it has',
    rules: { needsApproval: false },
    steps: [
      ({ bank }) => (bank.answer = async () => undefined),
      (stage) => stage.pay({ key: 'a' }),
      (stage) => stage.pay({ key: 'a' }),
      settle,
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'an answer is lost for longer than the quarantine, and the bank carries the order out',
    rules: { needsApproval: false },
    steps: [
      ({ bank }) => (bank.answer = async () => undefined),
      (stage) => stage.pay({ key: 'a' }),
      (stage) => stage.pass(30 * hourMs),
      (stage) => stage.pay({ key: 'a' }),
      settle,
      (stage) => stage.pass(hourMs),
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'a bank that recognises orders refuses the repetition of one whose answer was lost',
    rules: { needsApproval: false, idempotentInitiation: true },
    steps: [
      ({ bank }) =>
        (bank.answer = async (_taken, count) => (count === 1 ? undefined : Promise.reject(refusal))),
      (stage) => stage.pay(),
      settle,
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'a webhook names a payment before its initiation is refused',
    rules: { needsApproval: false },
    steps: [
      (stage) =>
        (stage.bank.answer = async () => {
          await stage.hint();
          throw refusal;
        }),
      (stage) => stage.pay(),
      settle,
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'reports arrive late and out of order',
    steps: [
      (stage) => stage.pay(),
      ({ bank }) => bank.move('processing'),
      (stage) => stage.hear('processing'),
      (stage) => stage.hear('awaiting_authorisation'),
      settle,
      (stage) => stage.hear('settled'),
      (stage) => stage.hear('processing'),
      (stage) => stage.hear('unknown'),
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'several processes read at once that the payment is settled',
    steps: [
      (stage) => stage.pay(),
      settle,
      (stage) =>
        stage.cross('transactions', [
          () => stage.hear('settled'),
          () => stage.hear('settled'),
          () => stage.hear('settled'),
        ]),
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'the bank carries out another amount',
    steps: [
      (stage) => stage.pay(),
      ({ bank }) =>
        bank.books.forEach((each) => (each.order = { ...each.order, money: { amount: 1, currency: 'NOK' } })),
      settle,
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'the answer to an initiation says settled and nothing of the order, of which the bank pays another one',
    rules: { needsApproval: false },
    steps: [
      ({ bank }) =>
        (bank.answer = async (taken) => {
          taken.order = { ...taken.order, creditorAccountNumber: '95360573002' };
          bank.move('settled');
          return { ...reportOf(taken), order: { kind: 'not_promised' }, next: { kind: 'none' } };
        }),
      (stage) => stage.pay(),
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'the bank takes a settlement back and then stands by it',
    steps: [
      (stage) => stage.pay(),
      settle,
      (stage) => stage.hint(),
      (stage) => stage.hear('rejected'),
      (stage) => stage.hear('settled'),
    ],
  },
  {
    name: 'the bank answers about another payment of the same customer',
    steps: [
      (stage) => stage.pay(),
      (stage) => stage.pay(),
      ({ bank: { books } }) => {
        const [first] = books;
        if (first) Object.assign(first, { status: 'settled', state: 'carried_out' });
      },
      async ({ context, bank }) => {
        const [first] = bank.books;
        const { pis } = context.services.openBanking.pinned('');
        const order = first && ({ kind: 'read', order: first.order } as const);
        if (order && pis) pis.readPayment = async () => ({ ...reportOf(first), order });
      },
      (stage) => stage.pass(hourMs),
    ],
    staysOpen: true,
  },
  {
    name: 'two payments that are above the limit of the day together are sent at once',
    steps: [
      (stage) => stage.cross('users', [() => stage.pay({ kroner: 600 }), () => stage.pay({ kroner: 600 })]),
      settle,
      (stage) => stage.hint(),
    ],
  },
  {
    name: 'an answer is lost, and the follow-up looks at the payment until it has expired',
    steps: [
      ({ bank }) => (bank.answer = async () => undefined),
      (stage) => stage.pay(),
      (stage) => stage.pass(hourMs),
      ({ bank }) => bank.move('rejected'),
      (stage) => stage.pass(26 * hourMs),
    ],
  },
  {
    name: 'a process stands still while it waits for the answer, and the customer tries again',
    rules: { needsApproval: false },
    steps: [
      (stage) =>
        (stage.bank.answer = async (_taken, count) => {
          if (count > 1) return undefined;
          await stage.pass(hourMs);
          await stage.pay({ key: 'a' });
          return undefined;
        }),
      (stage) => stage.pay({ key: 'a' }),
      settle,
      (stage) => stage.hint(),
    ],
  },
];
