import { Button } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import type { Payment } from '#http/contract/payments.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';
import { PaymentFiles } from './payment-files.tsx';
import { dayOf } from './payment-state.ts';

/** The facts of a payment: as a document to print where there is one, else without a name. */
export function PaymentReceipt({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const kind = payment.documents.at(-1);
  return (
    <section className="receipt" aria-labelledby="receipt" data-document={kind}>
      <h2 id="receipt">{kind ? texts[kind] : texts.details}</h2>
      {kind && <p className="receipt-state">{texts[`${kind}Text`]}</p>}
      <Facts payment={payment} isDocument={kind !== undefined} />
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
  const format = useFormat();
  const at = payment.timeline.findLast(({ status }) => status === payment.status)?.at ?? payment.createdAt;
  const state = texts.statusTime(texts.status[payment.status], format.dateTime(at));
  const asSoonAsPossible = isDocument && !payment.instant ? texts.asSoonAsPossible : undefined;
  const facts: [string, string | undefined][] = [
    [texts.statusAt, isDocument ? state : undefined],
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
    [texts.bankReference, payment.bankReference ?? texts.noBankReference],
    [texts.dropReference, payment.id],
    [texts.endToEndId, isDocument ? endToEndIdOf(payment.id) : undefined],
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

function debtorLine({ debtor }: Payment): string {
  return debtor.accountNumber
    ? `${debtor.bankName}, ${formatAccountNumber(debtor.accountNumber)}`
    : debtor.bankName;
}
