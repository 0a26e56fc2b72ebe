import { createHash } from 'node:crypto';
import { luhnControlDigit } from '#domain/control-digit.ts';
import type { LedgerAccount } from './ledger.ts';
import type { BankPayment, Misstatement } from './world.ts';

/** A line of an account's statement. */
export interface StatementEntry {
  /** The bank's own reference, which stays the same whenever the entry is read. */
  reference: string;
  /** In hundredths of the account's currency; negative where money left the account. */
  amountOere: number;
  status: 'booked' | 'pending';
  /** `YYYY-MM-DD`. */
  day: string;
  counterparty: string;
  counterpartyAccountNumber: string | undefined;
  kid: string | undefined;
  text: string | undefined;
  /** Of a payment that was ordered with one. */
  endToEndId: string | undefined;
}

/** The part of a world that statements are made of. */
interface Books {
  payments: ReadonlyMap<string, BankPayment>;
  misstatement: Misstatement | undefined;
}

/** For how many days the sandbox's banks keep statements. */
export const statementDaysMax = 730;

const dayMs = 86_400_000;
const shops = [
  'Fjordkroken Mat',
  'Nordlys Strøm AS',
  'Bokhjørnet Test',
  'Bytrikken Test',
  'Kaffekoppen Test',
];

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/**
 * The statement of an account, the newest entry first: the payments from it, and an invented past that is the same
 * every time, because it derives from the account number and the day.
 */
export function statementOf(
  account: LedgerAccount,
  { world: { payments, misstatement }, now }: { world: Books; now: Date },
): StatementEntry[] {
  const past = Array.from({ length: statementDaysMax }, (_, ago) => {
    return invented(account, dayOf(new Date(now.getTime() - (ago + 1) * dayMs)));
  });
  const made = [...payments.values()].reverse().flatMap((payment) => paid(account, payment));
  const shown = made.flatMap((entry) => misstated(entry, misstatement));
  return [...shown, ...past.flat()].sort((a, b) => b.day.localeCompare(a.day));
}

const stranger = '95360573002';

function misstated(entry: StatementEntry, how: Misstatement | undefined): StatementEntry[] {
  const again = { ...entry, reference: `${entry.reference}-2` };
  switch (how) {
    case undefined:
      return [entry];
    case 'amount':
      return [{ ...entry, amountOere: entry.amountOere - 100 }];
    case 'creditor':
      return [{ ...entry, counterpartyAccountNumber: stranger }];
    case 'no_creditor':
      return [{ ...entry, counterpartyAccountNumber: undefined }];
    case 'twice':
      return [entry, again];
    case 'returned':
      return [entry, { ...again, amountOere: -entry.amountOere }];
    case 'spelling':
      return [{ ...entry, endToEndId: entry.endToEndId?.toUpperCase().replace(/.{4}(?=.)/g, '$& ') }];
  }
}

/** A payment is pending from when its money is reserved, and booked when the money has left the account. */
function paid(account: LedgerAccount, payment: BankPayment): StatementEntry[] {
  const { order, bank, status, createdAt, id, endToEndId } = payment;
  const isOwn = bank.slug === account.bank.slug && order.debtorAccountNumber === account.accountNumber;
  if (!isOwn || !['ACSP', 'ACSC', 'ACCC'].includes(status)) return [];
  return [
    {
      reference: id,
      amountOere: -order.amountOere,
      status: status === 'ACSP' ? 'pending' : 'booked',
      day: dayOf(createdAt),
      counterparty: order.creditorName,
      counterpartyAccountNumber: order.creditorAccountNumber,
      kid: order.kid,
      text: order.text,
      endToEndId,
    },
  ];
}

/** What happened on a day: on every third a purchase, and once a month money that came in. */
function invented({ bank, accountNumber, kind }: LedgerAccount, day: string): StatementEntry[] {
  const digest = createHash('sha256').update(`${bank.slug} ${accountNumber} ${day}`).digest();
  const absent = { counterpartyAccountNumber: undefined, kid: undefined, endToEndId: undefined };
  const entry = { status: 'booked', day, ...absent } as const;
  const purchase = {
    ...entry,
    reference: digest.toString('hex', 0, 8),
    amountOere: -(1_000 + (digest.readUInt16BE(8) % 90_000)),
    counterparty: shops[digest.readUInt8(10) % shops.length] ?? '',
    text: 'Varekjøp',
  };
  const income = {
    ...entry,
    reference: digest.toString('hex', 11, 19),
    amountOere: kind === 'current' ? 3_450_000 : 200_000,
    counterparty: kind === 'current' ? 'Arbeidsgiver Test AS' : 'Fast overføring',
    kid: kidOf(digest),
    text: undefined,
  };
  return [
    ...(day.endsWith('-12') ? [income] : []),
    ...(kind !== 'savings' && digest.readUInt8(20) < 85 ? [purchase] : []),
  ];
}

function kidOf(digest: Buffer): string {
  const body = digest.readUInt32BE(21).toString().padStart(10, '0');
  return `${body}${luhnControlDigit(body)}`;
}
