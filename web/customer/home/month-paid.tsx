import { useQuery } from '@tanstack/react-query';
import { osloDay } from '#domain/oslo-time.ts';
import type { Account } from '#http/contract/accounts.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { useNow } from '#kit/locale/now.ts';
import { Figures } from '#kit/parts/figures.tsx';
import { useHomeTexts } from '../texts/home-texts.ts';
import { paidMonth, type PaidMonth } from './month-days.ts';
import { MonthPlot } from './month-plot.tsx';
import { monthQuery } from './month-query.ts';
import './month-paid.css';

/** What was paid this month: the sum, a plot of its days, and the same as a table. Absent where it cannot be read. */
export function MonthPaid({ accounts }: { accounts: readonly Account[] }) {
  const { month: texts } = useHomeTexts();
  const locale = useLocale();
  const month = osloDay(new Date(useNow())).slice(0, 7);
  const { data: payments } = useQuery(monthQuery(month));
  if (!payments) return null;
  const ownNumbers = new Set(accounts.map(({ accountNumber }) => accountNumber));
  const paid = paidMonth(payments, { month, ownNumbers });
  const name = new Intl.DateTimeFormat(locale === 'nb' ? 'nb-NO' : 'en-GB', { month: 'long' }).format(
    new Date(`${month}-15T12:00:00Z`),
  );
  return (
    <section className="group" aria-labelledby="home-month">
      <h2 id="home-month">{texts.title(name)}</h2>
      <div className="surface stack month-card">
        {paid.count === 0 ? <p className="quiet">{texts.none(name)}</p> : <Drawn paid={paid} month={month} />}
        {paid.hasTransfers && <p className="quiet">{texts.transfers}</p>}
      </div>
    </section>
  );
}

function Drawn({ paid, month }: { paid: PaidMonth; month: string }) {
  const { month: texts } = useHomeTexts();
  const format = useFormat();
  return (
    <>
      <p className="month-sum">
        <span className="amount month-amount">
          <Figures>{format.money({ amount: paid.oere, currency: 'NOK' })}</Figures>
        </span>{' '}
        <span className="quiet">{texts.count(paid.count)}</span>
      </p>
      <MonthPlot days={paid.days} />
      <details className="month-days">
        <summary>{texts.show}</summary>
        <DayTable paid={paid} month={month} />
      </details>
    </>
  );
}

function DayTable({ paid, month }: { paid: PaidMonth; month: string }) {
  const { month: texts } = useHomeTexts();
  const format = useFormat();
  const dated = (day: number) => format.date(`${month}-${day.toString().padStart(2, '0')}T12:00:00Z`);
  return (
    <table aria-labelledby="home-month">
      <thead>
        <tr>
          <th scope="col">{texts.day}</th>
          <th scope="col">{texts.payments}</th>
          <th scope="col">{texts.paid}</th>
        </tr>
      </thead>
      <tbody>
        {paid.days
          .filter(({ count }) => count > 0)
          .map(({ day, count, oere }) => (
            <tr key={day}>
              <th scope="row">{dated(day)}</th>
              <td>{count}</td>
              <td>
                <Figures>{format.money({ amount: oere, currency: 'NOK' })}</Figures>
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
