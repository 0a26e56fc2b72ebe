import { Button, Label, Select } from '@digdir/designsystemet-react';
import { useId, useRef, useState, type SubmitEvent } from 'react';
import { spendingIntervals, type SpendingInterval } from '#domain/cards/spending.ts';
import type { Card, ChangedCard, OpenedCard } from '#http/contract/cards.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { useLocale } from '#kit/locale/locale.ts';
import { changeCard } from '../api/cards.ts';
import { readAmount, writeAmount } from '../pay/amount-text.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';
import { useCardChange } from './use-card-change.ts';

/** The card's spending limit. An empty amount is no limit. */
export function CardLimit({ card }: { card: OpenedCard }) {
  const { limit: texts } = useCardsTexts();
  const locale = useLocale();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const { spendingLimit: kept } = card;
  /* Undefined while the form shows what is kept. */
  const [typed, setTyped] = useState<{ text?: string; interval?: SpendingInterval }>({});
  const [fault, setFault] = useState<'high' | 'form'>();
  const text = typed.text ?? (kept ? writeAmount(kept.amount, locale) : '');
  const interval = typed.interval ?? kept?.interval ?? 'monthly';
  const saidOf = ({ spendingLimit }: Card) => (spendingLimit ? texts.saved : texts.removed);
  const change = useCardChange<ChangedCard['spendingLimit']>({
    change: (spendingLimit) => changeCard(card.id, { spendingLimit }),
    said: saidOf,
    onDone: () => setTyped({}),
  });
  const type = (next: typeof typed) => {
    setTyped({ ...typed, ...next });
    setFault(undefined);
    change.reset();
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const read = readAmount(text);
    if (read.kind === 'amount') return change.mutate({ amount: read.oere, interval });
    if (read.kind === 'missing') return kept ? change.mutate(null) : undefined;
    setFault(read.kind === 'high' ? 'high' : 'form');
    field.current?.focus();
  };
  return (
    <section className="surface stack" aria-labelledby="card-limit">
      <h2 id="card-limit">{texts.title}</h2>
      <p className="quiet">{texts.text}</p>
      <form noValidate onSubmit={submit} className="card-form">
        <TextInput
          id={id}
          label={texts.amount}
          error={fault && texts[fault]}
          suffix={texts.currency}
          inputRef={field}
          inputMode="decimal"
          autoComplete="off"
          placeholder={texts.none}
          value={text}
          onChange={({ target }) => type({ text: target.value })}
        />
        <div className="ds-field field">
          <Label htmlFor={`${id}-interval`}>{texts.interval}</Label>
          <Select
            id={`${id}-interval`}
            value={interval}
            onChange={({ target }) => type({ interval: intervalOf(target.value) })}
          >
            {spendingIntervals.map((each) => (
              <option key={each} value={each}>
                {texts.intervals[each]}
              </option>
            ))}
          </Select>
        </div>
        {change.isError && <ProblemAlert error={change.error} />}
        <div className="actions">
          <Button
            type="submit"
            variant="secondary"
            loading={change.isPending}
            aria-disabled={change.isPending}
          >
            {texts.save}
          </Button>
          {change.isSuccess && <p className="card-note">{saidOf(change.data)}</p>}
        </div>
      </form>
    </section>
  );
}

function intervalOf(text: string): SpendingInterval {
  return spendingIntervals.find((each) => each === text) ?? 'monthly';
}
