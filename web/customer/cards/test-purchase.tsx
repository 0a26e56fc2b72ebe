import { Button } from '@digdir/designsystemet-react';
import { useId, useRef, useState, type SubmitEvent } from 'react';
import { merchantNameLengthMax } from '#domain/cards/limits.ts';
import type { CardAuthorization, NewTestPurchase, OpenedCard } from '#http/contract/cards.ts';
import { useFormat } from '#kit/locale/format.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { tryPurchase } from '../api/cards.ts';
import { readAmount } from '../pay/amount-text.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';
import { useCardChange } from './use-card-change.ts';

/** Tries a purchase that is made up. A second press after a failure repeats the same purchase. */
export function TestPurchase({ card }: { card: OpenedCard }) {
  const { purchase: texts } = useCardsTexts();
  const format = useFormat();
  const id = useId();
  const amountField = useRef<HTMLInputElement>(null);
  const merchantField = useRef<HTMLInputElement>(null);
  const [amount, setAmount] = useState('');
  const [merchant, setMerchant] = useState(texts.merchantDefault);
  const [faults, setFaults] = useState<{ amount?: boolean; merchant?: boolean }>({});
  const [key, setKey] = useState(() => crypto.randomUUID());
  const saidOf = (made: CardAuthorization) =>
    (made.approved ? texts.approved : texts.declined)(format.money(made));
  const attempt = useCardChange<NewTestPurchase, CardAuthorization>({
    change: (purchase) => tryPurchase(card.id, purchase, key),
    said: saidOf,
    onDone: () => setKey(crypto.randomUUID()),
  });
  const type = () => {
    setFaults({});
    setKey(crypto.randomUUID());
    attempt.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (attempt.isPending) return;
    const read = readAmount(amount);
    const merchantName = merchant.trim();
    const isNamed = merchantName !== '' && merchantName.length <= merchantNameLengthMax;
    if (read.kind === 'amount' && isNamed) return attempt.mutate({ amount: read.oere, merchantName });
    setFaults({ amount: read.kind !== 'amount', merchant: !isNamed });
    (read.kind === 'amount' ? merchantField : amountField).current?.focus();
  };
  return (
    <section className="surface stack" aria-labelledby="card-purchase">
      <h2 id="card-purchase">{texts.title}</h2>
      <p className="quiet">{texts.text}</p>
      <form noValidate onSubmit={submit} className="card-form">
        <TextInput
          id={`${id}-amount`}
          label={texts.amount}
          error={faults.amount ? texts.amountFault : undefined}
          suffix="kr"
          inputRef={amountField}
          inputMode="decimal"
          autoComplete="off"
          value={amount}
          onChange={({ target }) => (type(), setAmount(target.value))}
        />
        <TextInput
          id={`${id}-merchant`}
          label={texts.merchant}
          error={faults.merchant ? texts.merchantFault : undefined}
          inputRef={merchantField}
          autoComplete="off"
          value={merchant}
          onChange={({ target }) => (type(), setMerchant(target.value))}
        />
        {attempt.isError && <ProblemAlert error={attempt.error} />}
        <div className="actions">
          <Button
            type="submit"
            variant="secondary"
            loading={attempt.isPending}
            aria-disabled={attempt.isPending}
          >
            {texts.send}
          </Button>
          {attempt.isSuccess && <p className="card-note">{saidOf(attempt.data)}</p>}
        </div>
      </form>
    </section>
  );
}
