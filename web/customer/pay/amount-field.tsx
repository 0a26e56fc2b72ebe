import type { Account } from '#http/contract/accounts.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { useOrderTexts } from '../texts/order-texts.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { readAmount, writeAmount } from './amount-text.ts';
import type { PaymentFormValues } from './payment-form-values.ts';

/** The longest amount that the largest type has room for on a phone, in characters. */
const largeLengthMax = 9;

interface AmountFieldProps {
  id: string;
  hint: string;
  error: string | undefined;
  account: Account | undefined;
  values: PaymentFormValues;
  onChange: (amount: string) => void;
  /** The same amount in the usual form. */
  onTidy: (amount: string) => void;
}

export function AmountField({ id, hint, error, account, values, onChange, onTidy }: AmountFieldProps) {
  const { pay } = useTexts();
  const locale = useLocale();
  const tidy = () => {
    const read = readAmount(values.amount);
    const amount = read.kind === 'amount' ? writeAmount(read.oere, locale) : values.amount;
    if (amount !== values.amount) onTidy(amount);
  };
  return (
    <div className="amount-field">
      <TextInput
        id={id}
        label={pay.amount}
        hint={hint}
        error={error}
        aria-required
        describedBy={`${id}-balance`}
        suffix={pay.currency}
        className="amount-input"
        data-long={values.amount.length > largeLengthMax}
        inputMode="decimal"
        autoComplete="off"
        value={values.amount}
        onChange={({ target }) => onChange(target.value)}
        onBlur={tidy}
      />
      <BalanceAfter account={account} values={values} />
      <BalanceWarning id={`${id}-balance`} account={account} values={values} isTold={error !== undefined} />
    </div>
  );
}

interface BalanceProps {
  account: Account | undefined;
  values: PaymentFormValues;
}

/** What is left of a balance that no later payment has made old. */
function BalanceAfter({ account, values }: BalanceProps) {
  const texts = usePayFormTexts();
  const format = useFormat();
  const read = readAmount(values.amount);
  const balance = account?.balance;
  if (balance?.currency !== 'NOK' || account?.isPaidSince !== false || read.kind !== 'amount') return null;
  const left = balance.amount - read.oere;
  if (left < 0) return null;
  return (
    <p className="quiet balance-after" data-testid="balance-after">
      <strong>{texts.balanceAfter(format.money({ ...balance, amount: left }))}</strong>{' '}
      {texts.balanceAfterHint}
    </p>
  );
}

/** A fault of the amount says more. The empty element stays, so that the warning is announced when it appears. */
function BalanceWarning({ id, account, values, isTold }: BalanceProps & { id: string; isTold: boolean }) {
  const { pay } = useTexts();
  const order = useOrderTexts();
  const format = useFormat();
  const balance = account?.balance;
  const read = readAmount(values.amount);
  const warning = values.when === 'on' ? order.aboveBalance : pay.aboveBalance;
  const isAbove = balance?.currency === 'NOK' && read.kind === 'amount' && read.oere > balance.amount;
  return (
    <p id={id} role="status" className="balance-warning" data-testid="balance-warning">
      {isAbove && !isTold && warning(format.money(balance))}
    </p>
  );
}
