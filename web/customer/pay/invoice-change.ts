import type { Account } from '#http/contract/accounts.ts';
import type { Locale } from '#domain/locale.ts';
import { groupAccountNumber } from './account-number-text.ts';
import { writeAmount } from './amount-text.ts';
import { executionChoices } from './execution-values.ts';
import type { InvoiceValues } from './invoice-text.ts';
import type { PaymentField, PaymentFormValues } from './payment-form-values.ts';

/** The due date of an invoice, and whether the bank can be asked to pay on it. */
export interface DueDay {
  day: string;
  kind: 'payable' | 'over' | 'far';
}

interface Change {
  change: Partial<PaymentFormValues>;
  fields: PaymentField[];
  due: DueDay | undefined;
}

interface At {
  account: Pick<Account, 'bankName' | 'paymentRules'> | undefined;
  /** In Norway, `YYYY-MM-DD`. */
  today: string;
  locale: Locale;
}

/**
 * What an invoice fills in. The name of an earlier recipient goes with its account number, and a KID of another invoice
 * is never kept. A due date that the bank cannot pay on is told and leaves the payment for as soon as it can.
 */
export function invoiceChange(values: InvoiceValues, at: At): Change {
  const { accountNumber, kid, oere } = values;
  const due = dueDay(values.dueDay, at);
  const change: Partial<PaymentFormValues> = {
    ...(accountNumber !== undefined && {
      accountNumber: groupAccountNumber(accountNumber),
      name: '',
      kid: '',
    }),
    ...(kid !== undefined && { kid, referenceKind: 'kid' as const }),
    ...(oere !== undefined && { amount: writeAmount(oere, at.locale) }),
    ...(due !== undefined && whenOf(due)),
  };
  const found = { accountNumber, kid, amount: oere, date: due?.kind === 'payable' ? due : undefined };
  const fields = (['accountNumber', 'kid', 'amount', 'date'] as const).filter(
    (name) => found[name] !== undefined,
  );
  return { change, fields, due };
}

const whenOf = ({ day, kind }: DueDay): Pick<PaymentFormValues, 'when' | 'date'> =>
  kind === 'payable' ? { when: 'on', date: day } : { when: 'now', date: '' };

function dueDay(day: string | undefined, at: At): DueDay | undefined {
  if (day === undefined) return undefined;
  const { offersDay, firstDay, lastDay } = executionChoices({ referenceKind: 'kid' }, at);
  if (day < firstDay) return { day, kind: 'over' };
  return { day, kind: offersDay && day <= lastDay ? 'payable' : 'far' };
}
