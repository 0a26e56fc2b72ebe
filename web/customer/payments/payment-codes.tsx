import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { endToEndIdOf } from '#domain/payment/end-to-end-id.ts';
import { appQuery } from '../api/queries.ts';
import { SupportContact } from '../shell/support-contact.tsx';
import { usePaymentTexts } from '../texts/payment-texts.ts';
import { Copyable } from './copyable.tsx';

/** The codes that customer service or the bank may ask for. They are of no use to the customer otherwise. */
export function PaymentCodes({ payment }: { payment: Payment }) {
  const texts = usePaymentTexts();
  /* Customer service is named only together with its address. */
  const { data: app } = useQuery(appQuery);
  return (
    <div className="payment-codes">
      <SupportContact>{texts.help}</SupportContact>
      <details>
        <summary>{app?.supportContact ? texts.forService : texts.codes}</summary>
        <p className="quiet">{texts.forServiceText(payment.debtor.bankName)}</p>
        <dl className="facts">
          <Code name={texts.bankReference} value={payment.bankReference}>
            {texts.noBankReference}
          </Code>
          <Code name={texts.endToEndId} value={endToEndIdOf(payment.id)} />
          <Code name={texts.paymentId} value={payment.id} />
        </dl>
      </details>
    </div>
  );
}

interface CodeProps {
  name: string;
  value: string | null;
  /** Stands in the place of a value that there is not. */
  children?: ReactNode;
}

function Code({ name, value, children }: CodeProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === null ? children : <Copyable value={value} name={name} />}</dd>
    </div>
  );
}
