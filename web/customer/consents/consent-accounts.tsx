import { formatAccountNumber } from '#domain/banking/account-number.ts';
import type { Consent } from '#http/contract/consents.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useConsentTexts } from '../texts/consent-texts.ts';

type ConsentAccount = Consent['accounts'][number];

interface ConsentAccountsProps {
  accounts: ConsentAccount[];
  unattendedReadsMax: number;
}

/** The accounts of a consent, with the last reading of each. */
export function ConsentAccounts({ accounts, unattendedReadsMax }: ConsentAccountsProps) {
  const { page: texts } = useConsentTexts();
  return (
    <ul role="list" className="consent-accounts">
      {accounts.map((account) => (
        <li key={account.id}>
          <AccountName account={account} />
          <LastReading account={account} />
          <span className="consent-soft">
            {texts.unattended(account.unattendedReads, unattendedReadsMax)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The name that the bank gives the account, and its number. */
export function AccountName({ account: { name, accountNumber } }: { account: ConsentAccount }) {
  const { page: texts } = useConsentTexts();
  return (
    <span className="consent-account">
      <span {...(name === null ? {} : { lang: 'nb' })}>{name ?? texts.unnamed}</span>
      {accountNumber !== null && <span className="number">{formatAccountNumber(accountNumber)}</span>}
    </span>
  );
}

function LastReading({ account: { readAt, isReadAttended } }: { account: ConsentAccount }) {
  const { page: texts } = useConsentTexts();
  const format = useFormat();
  if (readAt === null) return <span className="consent-soft">{texts.neverRead}</span>;
  const time = format.dateTime(readAt);
  return (
    <time dateTime={readAt} className="consent-soft">
      {isReadAttended === false ? texts.readUnattended(time) : texts.readAttended(time)}
    </time>
  );
}
