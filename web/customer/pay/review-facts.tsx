import type { Account } from '#http/contract/accounts.ts';
import type { NewPayment } from '#http/contract/payments.ts';
import { formatAccountNumber } from '#domain/banking/account-number.ts';
import { isBankDay } from '#domain/banking/bank-days.ts';
import { expectedArrivalDay } from '#domain/banking/settlement.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { weekdayOf } from '../payments/payment-day.ts';
import { fullDay } from './arrival-text.ts';
import { orderedExecution } from './execution-values.ts';

/** The account, the purpose and the time of a payment that is about to be sent. */
export function ReviewFacts({ payment, account }: { payment: NewPayment; account: Account }) {
  const { pay, accounts } = useTexts();
  const format = useFormat();
  const from = [account.name ?? accounts.unnamed, account.bankName].join(', ');
  return (
    <dl className="facts">
      <div>
        <dt>{pay.from}</dt>
        <dd>
          {from}
          {account.accountNumber && (
            <span className="line number">{formatAccountNumber(account.accountNumber)}</span>
          )}
        </dd>
      </div>
      {payment.kid !== undefined && (
        <div>
          <dt>{pay.kid}</dt>
          <dd className="number">{payment.kid}</dd>
        </div>
      )}
      {payment.text !== undefined && (
        <div>
          <dt>{pay.message}</dt>
          <dd>{payment.text}</dd>
        </div>
      )}
      {payment.executionDate !== undefined && <OrderedDay day={payment.executionDate} />}
      <div>
        <dt>{pay.arrival}</dt>
        <dd>
          <ArrivalFact payment={payment} />
        </dd>
      </div>
      <div>
        <dt>{pay.fee}</dt>
        <dd>{format.money({ amount: 0, currency: 'NOK' })}</dd>
      </div>
    </dl>
  );
}

function OrderedDay({ day }: { day: string }) {
  const { date, review } = useOrderTexts();
  const format = useFormat();
  return (
    <div>
      <dt>{date}</dt>
      <dd>
        {fullDay(day, format)}
        {!isBankDay(day) && <span className="line">{review.closed}</span>}
      </dd>
    </div>
  );
}

function ArrivalFact({ payment }: { payment: NewPayment }) {
  const { pay } = useTexts();
  const { review } = useOrderTexts();
  const format = useFormat();
  const now = new Date(useNow());
  const day = expectedArrivalDay(orderedExecution(payment), now);
  if (day === undefined) return review.instant;
  if (payment.executionDate !== undefined) return fullDay(day, format);
  return day === osloDay(now) ? pay.arrivalToday : pay.arrivalOn(weekdayOf(day, { format, now }));
}
