import { Link } from '@tanstack/react-router';
import type { Account } from '#http/contract/accounts.ts';
import { canPayFrom } from '../pay/payable-account.ts';
import { useTexts } from '../texts/texts.ts';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { AccountBalance } from './account-balance.tsx';
import { BankMark } from '../banks/bank-mark.tsx';
import { accountLabel } from './account-label.ts';
import { Consent } from './consent.tsx';
import type { LinkedBank } from './sort-connections.ts';

interface ConnectionCardProps {
  bank: LinkedBank;
  accounts: Account[];
  onRevoked: (bankName: string) => void;
}

/** A linked bank: its accounts, and the consents under which Drop reads them. */
export function ConnectionCard({ bank, accounts, onRevoked }: ConnectionCardProps) {
  const texts = useTexts().accounts;
  const [newest] = bank.consents;
  const headingId = `connection-${newest.id}`;
  const shown = accounts.filter((account) => bank.consents.some(({ id }) => id === account.connectionId));
  return (
    <section className="surface connection" aria-labelledby={headingId} data-testid="connection">
      <div className="connection-head">
        <h2 id={headingId} className="bank-title">
          <BankMark name={newest.bankName} />
          {newest.bankName}
        </h2>
        <StatusTag tone={newest.status === 'active' ? 'success' : 'warning'}>
          {texts.status[newest.status]}
        </StatusTag>
      </div>
      {shown.length > 0 && <Accounts accounts={shown} />}
      {bank.consents.map((consent) => (
        <Consent
          key={consent.id}
          connection={consent}
          position={consent === newest ? 'newest' : isRead(shown, consent.id) ? 'beside' : 'replaced'}
          onRevoked={onRevoked}
        />
      ))}
    </section>
  );
}

function isRead(accounts: Account[], consentId: string): boolean {
  return accounts.some(({ connectionId }) => connectionId === consentId);
}

function Accounts({ accounts }: { accounts: Account[] }) {
  const texts = useTexts().accounts;
  return (
    <ul role="list" className="connection-accounts">
      {accounts.map((account) => (
        <li key={account.id}>
          <AccountBalance account={account} />
          {canPayFrom(account) && (
            <Link
              to="/pay"
              search={{ from: account.id }}
              className="pay-from"
              aria-label={texts.payFromOf(accountLabel(account, texts.unnamed))}
            >
              {texts.payFrom}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
