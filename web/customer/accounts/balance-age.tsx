import type { Account } from '#http/contract/accounts.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';
import { useNow } from '#kit/locale/now.ts';

const minuteMs = 60_000;

/**
 * The age of a balance: in minutes for the first hour, then as the time of the reading. A balance from before the last
 * payment is not given an age, since it is wrong however new it is.
 */
export function BalanceAge({ balanceAt, isPaidSince }: Pick<Account, 'balanceAt' | 'isPaidSince'>) {
  const { accounts } = useTexts();
  const format = useFormat();
  const now = useNow();
  if (balanceAt === null) return null;
  if (isPaidSince) return <span className="balance-age">{accounts.beforePayment}</span>;
  const minutes = Math.floor((now - Date.parse(balanceAt)) / minuteMs);
  return (
    <time dateTime={balanceAt} className="balance-age">
      {minutes < 1
        ? accounts.justNow
        : minutes < 60
          ? accounts.minutesAgo(minutes)
          : accounts.updatedAt(format.dateTime(balanceAt))}
    </time>
  );
}
