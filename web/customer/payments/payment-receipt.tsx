import { Button } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import type { ReactNode } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';
import { usePaymentTexts } from '../texts/payment-texts.ts';
import { Copyable } from './copyable.tsx';
import { PaymentCodes } from './payment-codes.tsx';
import { PaymentFiles } from './payment-files.tsx';
import { PaymentIcon } from './payment-icon.tsx';
import { dayOf, isDismissed, stateOf } from './payment-state.ts';

/** The facts of a payment: as a document to print where there is one, else without a name. */
export function PaymentReceipt({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const kind = payment.documents.at(-1);
  return (
    <section className="surface receipt" aria-labelledby="receipt" data-document={kind}>
      <h2 id="receipt">{kind ? texts[kind] : texts.details}</h2>
      {kind && <p className="receipt-state">{texts[`${kind}Text`]}</p>}
      <Facts payment={payment} isDocument={kind !== undefined} />
      <PaymentCodes payment={payment} />
      {kind && (
        <div className="receipt-files">
          <PaymentFiles payment={payment} />
          <Button variant="tertiary" onClick={() => window.print()}>
            <PrinterSmallIcon aria-hidden />
            {texts.print}
          </Button>
        </div>
      )}
    </section>
  );
}

function Facts({ payment, isDocument }: { payment: Payment; isDocument: boolean }) {
  const { payments: texts } = useTexts();
  const codes = usePaymentTexts();
  const format = useFormat();
  const asSoonAsPossible = isDocument && !payment.instant ? texts.asSoonAsPossible : undefined;
  const facts: [string, ReactNode][] = [
    [texts.statusAt, <ReceiptState key="state" payment={payment} />],
    [texts.amount, format.money(payment.amount)],
    [texts.fee, format.money({ amount: 0, currency: payment.amount.currency })],
    [texts.bankFee, isDocument ? texts.bankFeeText : undefined],
    [texts.to, payment.creditor.name],
    [texts.toAccount, formatAccountNumber(payment.creditor.accountNumber)],
    [texts.from, debtorLine(payment)],
    [texts.kind, payment.instant ? texts.instant : undefined],
    [texts.executionDate, payment.executionDate ? dayOf(payment.executionDate, format) : asSoonAsPossible],
    [texts.kid, payment.kid ?? undefined],
    [texts.message, payment.text ?? undefined],
    [texts.created, format.dateTime(payment.createdAt)],
    [texts.settledAt, payment.settledAt ? format.dateTime(payment.settledAt) : undefined],
    [codes.reference, <Copyable key="reference" value={payment.reference} name={codes.reference} />],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** The state in its sign and its word; the time is that of the status. */
function ReceiptState({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const at = payment.timeline.findLast(({ status }) => status === payment.status)?.at ?? payment.createdAt;
  /* The day of a scheduled payment has a row of its own: a second one here would be taken for the status's. */
  const isScheduled = payment.status === 'scheduled';
  const state = isScheduled ? texts.status.scheduled : stateOf(payment, texts, format);
  const isTimed = !payment.isContradicted && !isDismissed(payment);
  return (
    <span className="receipt-status">
      <PaymentIcon payment={payment} />
      {isTimed ? texts.statusTime(state, format.dateTime(at)) : state}
    </span>
  );
}

function debtorLine({ debtor }: Payment): string {
  return debtor.accountNumber
    ? `${debtor.bankName}, ${formatAccountNumber(debtor.accountNumber)}`
    : debtor.bankName;
}
