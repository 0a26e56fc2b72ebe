import type { Account } from '#http/contract/accounts.ts';
import { normaliseAccountNumber } from '#domain/banking/account-number.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import { ownAccountOf } from './creditor-choices.ts';

interface PayeeLineProps {
  accounts: Account[];
  /** The account that is paid from. */
  account: Account | undefined;
  accountNumber: string;
}

/** What is known of whether the account number is the recipient's: one line beside the number. */
export function PayeeLine({ accounts, account, accountNumber }: PayeeLineProps) {
  const { own } = useOrderTexts();
  const { payee } = usePayFormTexts();
  const ownAccount = ownAccountOf(accounts, normaliseAccountNumber(accountNumber));
  if (ownAccount) return <p className="payee-line">{own.linked(ownAccount.bankName)}</p>;
  return <p className="payee-line">{payee[account?.payeeCheck ?? 'not_possible']}</p>;
}
