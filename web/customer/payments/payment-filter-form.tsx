import { Button, Label, Select } from '@digdir/designsystemet-react';
import { useState, type FormEvent } from 'react';
import { searchLengthMax } from '#domain/payment/search.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { paymentGroups, paymentsSearch } from '../search.ts';
import { usePaymentListTexts } from '../texts/payment-list-texts.ts';
import type { PaymentListFilter } from './payment-list-query.ts';

interface PaymentFilterFormProps {
  filter: PaymentListFilter;
  onChoose: (filter: PaymentListFilter) => void;
}

const [firstDay, lastDay] = ['2000-01-01', '2099-12-31'];

/** The search field, and the filters behind a disclosure. Nothing changes before the form is submitted. */
export function PaymentFilterForm({ filter, onChoose }: PaymentFilterFormProps) {
  const texts = usePaymentListTexts();
  const [isReversed, setIsReversed] = useState(false);
  const { text, status, from, to } = filter;

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const chosen = chosenIn(event.currentTarget);
    const reversed = chosen.from !== undefined && chosen.to !== undefined && chosen.from > chosen.to;
    setIsReversed(reversed);
    if (reversed) document.getElementById('payments-to')?.focus();
    else onChoose(chosen);
  }

  return (
    <form className="payment-filter" role="search" aria-label={texts.form} onSubmit={submit}>
      <div className="payment-filter-text">
        <TextInput
          {...{ id: 'payments-text', name: 'text', type: 'search', enterKeyHint: 'search' }}
          {...{ label: texts.text, hint: texts.textHint, defaultValue: text, maxLength: searchLengthMax }}
          autoComplete="off"
        />
        <Button type="submit">{texts.search}</Button>
      </div>
      <details open={isReversed || [status, from, to].some((value) => value !== undefined)}>
        <summary>{texts.narrow}</summary>
        <div className="payment-filter-narrow">
          <StatusSelect status={status} />
          <DayInput id="payments-from" name="from" label={texts.from} defaultValue={from} />
          <DayInput
            {...{ id: 'payments-to', name: 'to', label: texts.to, defaultValue: to }}
            error={isReversed ? texts.datesReversed : undefined}
          />
        </div>
      </details>
    </form>
  );
}

function StatusSelect({ status }: Pick<PaymentListFilter, 'status'>) {
  const texts = usePaymentListTexts();
  return (
    <div className="ds-field field">
      <Label htmlFor="payments-status">{texts.status}</Label>
      <Select id="payments-status" name="status" defaultValue={status ?? ''}>
        <option value="">{texts.statuses.any}</option>
        {paymentGroups.map((group) => (
          <option key={group} value={group}>
            {texts.statuses[group]}
          </option>
        ))}
      </Select>
    </div>
  );
}

interface DayInputProps {
  id: string;
  name: string;
  label: string;
  defaultValue: string | undefined;
  error?: string | undefined;
}

function DayInput(props: DayInputProps) {
  return <TextInput {...props} type="date" min={firstDay} max={lastDay} />;
}

function chosenIn(form: HTMLFormElement): PaymentListFilter {
  const { text, ...rest } = Object.fromEntries(new FormData(form));
  const written = typeof text === 'string' ? text.trim() : '';
  return { ...paymentsSearch(rest), text: written === '' ? undefined : written };
}
