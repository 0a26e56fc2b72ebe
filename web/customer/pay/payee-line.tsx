import type { Account } from '#http/contract/accounts.ts';
import { isAccountNumber, normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import { ownAccountOf } from './creditor-choices.ts';

interface PayeeLineProps {
  accounts: Account[];
  /** The account that is paid from. */
  account: Account | undefined;
  accountNumber: string;
}

/**
 * What is known of whether a whole account number is the recipient's: one line beside the number. The empty element
 * stays, so that the line is announced when it appears.
 */
export function PayeeLine({ accounts, account, accountNumber }: PayeeLineProps) {
  const { own } = useOrderTexts();
  const { payee } = usePayFormTexts();
  const typed = normaliseAccountNumber(accountNumber);
  const ownAccount = ownAccountOf(accounts, typed);
  const words = ownAccount ? own.linked(ownAccount.bankName) : payee[account?.payeeCheck ?? 'not_possible'];
  return (
    <p role="status" className="payee-line" data-testid="payee-line">
      {isAccountNumber(typed) && words}
    </p>
  );
}
