/** A guard of the real code, taken out. */
export interface Mutation {
  name: string;
  /** What no longer holds. */
  breaks: string;
  /** From the root of the repository. */
  file: string;
  /** Occurs in the file exactly once. */
  text: string;
  replacement: string;
  /** The scenario in which the simulator looks for it; each of them in turn where none is named. */
  scenario?: string;
  /** Why the simulator cannot find it; absent where it must. */
  unseen?: string;
}

const serialised = 'its database has one connection, so that transactions follow each other';
const rare = 'a few dozen runs do not come to the order of events that shows it';
const truthful = 'its banks do not lie';

/** The guards of payments, one at a time. A run fails where a text is no longer in its file. */
export const mutations: readonly Mutation[] = [
  {
    name: 'one claim',
    breaks: 'of all requests with one key, one hands the order over',
    file: 'src/store/payments.ts',
    text: `    .where('status', 'in', sendableStatuses)
    .where('payment_id', 'is', null)
    .where('contradicted_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;`,
    replacement: `.executeTakeFirst();
  return result.numUpdatedRows > 0n;`,
    scenario: 'two-tabs',
  },
  {
    name: 'retry only what was not sent',
    breaks: 'an initiation without an answer may have arrived, and is not sent again',
    file: 'src/domain/payment/conclusion.ts',
    text: "{ unknown: 'unknown', not_sent: 'failed', refused: 'rejected' }",
    replacement: "{ unknown: 'failed', not_sent: 'failed', refused: 'rejected' }",
    scenario: 'answer-lost',
  },
  {
    name: 'repeat only where recognised',
    breaks: 'an unanswered initiation is repeated only at a bank that recognises it',
    file: 'src/usecases/payments/hand-over.ts',
    text: 'if (!pis.idempotentInitiation || !isUnanswered(error)) throw error;',
    replacement: 'if (!isUnanswered(error)) throw error;',
    scenario: 'answer-lost',
  },
  {
    name: 'doubt of a second refusal',
    breaks: 'a refusal of the repeated initiation says nothing of the first one',
    file: 'src/usecases/payments/hand-over.ts',
    text: "throw new DropError('payment_outcome_unknown', { message, cause, outcome: 'unknown' });",
    replacement: 'throw cause;',
    unseen: 'no provider recognises a repeated order',
  },
  {
    name: 'fence of conclusions',
    breaks: 'a conclusion holds only for the payment as it was when it was drawn',
    file: 'src/usecases/payments/report.ts',
    text: 'if (!payment || !isUnchanged(payment, decided)) return undefined;',
    replacement: 'if (!payment) return undefined;',
    unseen: rare,
  },
  {
    name: 'lost process',
    breaks: 'an order in the hands of a process that died may have arrived',
    file: 'src/domain/payment/conclusion.ts',
    text: "if (status === 'initiating') return 'unknown';",
    replacement: "if (status === 'initiating') return 'failed';",
    unseen: rare,
  },
  {
    name: 'quarantine',
    breaks: 'a payment without an answer does not expire before the quarantine is over',
    file: 'src/domain/payment/conclusion.ts',
    text: 'needsApproval && sinceMs >= quarantineMs && !isContradicted',
    replacement: 'needsApproval && !isContradicted',
    scenario: 'answer-lost',
  },
  {
    name: 'expiry of what needs approval',
    breaks: 'a payment that the bank may carry out without an approval in Drop does not expire',
    file: 'src/domain/payment/conclusion.ts',
    text: 'needsApproval && sinceMs >= quarantineMs && !isContradicted',
    replacement: 'sinceMs >= quarantineMs && !isContradicted',
    unseen: rare,
  },
  {
    name: 'upward only',
    breaks: 'a late report does not lead a payment back',
    file: 'src/domain/payment/status.ts',
    text: "if (paymentTransitions[from].includes(reported)) return { kind: 'moved', to: reported };",
    replacement: "if (!isFinal(from)) return { kind: 'moved', to: reported };",
    unseen: rare,
  },
  {
    name: 'final is final',
    breaks: 'no report leads out of a settled payment',
    file: 'src/domain/payment/status.ts',
    text: "return { kind: isFinal(reported) ? 'contradiction' : 'ignored' };",
    replacement: "return { kind: 'moved', to: reported };",
    unseen: rare,
  },
  {
    name: 'dynamic linking',
    breaks: 'the order that the bank reports is compared with the approved one',
    file: 'src/usecases/payments/contradiction.ts',
    text: '    ...differencesOf({ ...payment.order, id: payment.id }, report.order),\n',
    replacement: '',
    unseen: truthful,
  },
  {
    name: 'proof of a settlement',
    breaks: 'an answer that says nothing of the order settles no payment',
    file: 'src/usecases/payments/step.ts',
    text: "status === 'settled' && order.kind === 'not_promised';",
    replacement: "status === 'settled' && order.kind === 'not_promised' && false;",
    unseen: truthful,
  },
  {
    name: 'reference of the payment',
    breaks: 'an answer about another payment of the bank moves nothing',
    file: 'src/usecases/payments/contradiction.ts',
    text: '!isSameReference(payment.reference, reference);',
    replacement: 'false;',
    unseen: truthful,
  },
  {
    name: 'one message for an outcome',
    breaks: 'an outcome is told once, also after a contradiction that has ended',
    file: 'src/usecases/notify/notify.ts',
    text: 'occasion === undefined ? undefined : `${code} ${occasion}`',
    replacement: 'undefined',
    unseen: truthful,
  },
  {
    name: 'message in the transaction',
    breaks: 'an outcome is told in the transaction that writes it',
    file: 'src/usecases/payments/tell-outcome.ts',
    text: 'await notify(context, transaction, {',
    replacement: 'await notify(context, context.store.database as typeof transaction, {',
    unseen: 'its database has one connection, which the transaction holds',
  },
  {
    name: 'frozen order',
    breaks: 'the hash of an order is over what the customer approved',
    file: 'src/usecases/payments/pay.ts',
    text: 'orderHash: orderHash(order),',
    replacement: "orderHash: orderHash({ ...order, creditorName: '' }),",
    scenario: 'settles',
  },
  {
    name: 'lock of the payment',
    breaks: 'reports that arrive at once are applied one after the other',
    file: 'src/store/payments.ts',
    text: 'byKey(queries, key).forUpdate().executeTakeFirst()',
    replacement: 'byKey(queries, key).executeTakeFirst()',
    unseen: serialised,
  },
  {
    name: 'lock of the day',
    breaks: 'two payments at once do not both fit into what is left of the day',
    file: 'src/usecases/payments/pay.ts',
    text: `    await lockUser(transaction, payment.userId);
    const { userId, idempotencyKey } = payment;`,
    replacement: '    const { userId, idempotencyKey } = payment;',
    unseen: serialised,
  },
];
