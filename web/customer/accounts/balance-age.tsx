import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';
import { useNow } from '#kit/locale/now.ts';

const minuteMs = 60_000;

/** The age of a balance: in minutes for the first hour, then as the time of the reading. */
export function BalanceAge({ at }: { at: string }) {
  const { accounts } = useTexts();
  const format = useFormat();
  const minutes = Math.floor((useNow() - Date.parse(at)) / minuteMs);
  return (
    <time dateTime={at} className="balance-age">
      {minutes < 1
        ? accounts.justNow
        : minutes < 60
          ? accounts.minutesAgo(minutes)
          : accounts.updatedAt(format.dateTime(at))}
    </time>
  );
}
