import { Button } from '@digdir/designsystemet-react';
import { PrinterSmallIcon } from '@navikt/aksel-icons';
import type { Payment } from '#http/contract/payments.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';

/** The information that PSD2 article 46 requires right after initiation: reference, amount, charges. */
export function PaymentReceipt({ payment }: { payment: Payment }) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const isPaid = payment.status === 'settled' && !payment.isContradicted;
  const facts: [string, string | undefined][] = [
    [texts.amount, format.money(payment.amount)],
    [texts.fee, format.money({ amount: 0, currency: payment.amount.currency })],
    [texts.to, payment.creditor.name],
    [texts.toAccount, formatAccountNumber(payment.creditor.accountNumber)],
    [texts.from, debtorLine(payment)],
    [texts.kid, payment.kid ?? undefined],
    [texts.message, payment.text ?? undefined],
    [texts.created, format.dateTime(payment.createdAt)],
    [texts.settledAt, payment.settledAt ? format.dateTime(payment.settledAt) : undefined],
    [texts.bankReference, payment.bankReference ?? texts.noBankReference],
    [texts.dropReference, payment.id],
  ];
  return (
    <section className="receipt" aria-labelledby="receipt">
      <h2 id="receipt">{isPaid ? texts.receipt : texts.details}</h2>
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
      <Button variant="tertiary" className="receipt-print" onClick={() => window.print()}>
        <PrinterSmallIcon aria-hidden />
        {texts.print}
      </Button>
    </section>
  );
}

function debtorLine({ debtor }: Payment): string {
  return debtor.accountNumber
    ? `${debtor.bankName}, ${formatAccountNumber(debtor.accountNumber)}`
    : debtor.bankName;
}
