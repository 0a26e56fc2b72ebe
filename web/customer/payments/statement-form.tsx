import { Button } from '@digdir/designsystemet-react';
import { DownloadIcon } from '@navikt/aksel-icons';
import { useRef, useState, type FormEvent } from 'react';
import { osloDay } from '#domain/oslo-time.ts';
import { isOnline } from '#kit/api/online.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import type { PaymentsSearch } from '../search.ts';
import { announce } from '../shell/announcer.tsx';
import { usePaymentListTexts } from '../texts/payment-list-texts.ts';
import { statementFaults, type StatementFaults } from './statement-faults.ts';

/** Downloads a statement of a period: that of the list's filter, or the year so far. The server names the file. */
export function StatementForm({ from, to }: Pick<PaymentsSearch, 'from' | 'to'>) {
  const { statement: texts } = usePaymentListTexts();
  const [faults, setFaults] = useState<StatementFaults>({});
  const form = useRef<HTMLFormElement>(null);
  const today = osloDay(new Date());
  function submit(event: FormEvent<HTMLFormElement>): void {
    const { from: first, to: last } = Object.fromEntries(new FormData(event.currentTarget));
    const found = statementFaults({ from: first, to: last }, isOnline());
    setFaults(found);
    const [wrong] = (['from', 'to'] as const).filter((field) => found[field] !== undefined);
    if (wrong !== undefined) document.getElementById(`statement-${wrong}`)?.focus();
    if (found.offline) announce(texts.faults.offline);
    if (Object.keys(found).length > 0) event.preventDefault();
    else announce(texts.started);
  }
  const day = (field: 'from' | 'to', value: string) => {
    const fault = faults[field];
    const shown = { label: texts[field], error: fault && texts.faults[fault] };
    return <TextInput {...shown} id={`statement-${field}`} name={field} type="date" defaultValue={value} />;
  };
  return (
    <details className="statement">
      <summary>{texts.title}</summary>
      <form ref={form} action="/api/payment-statement.csv" noValidate onSubmit={submit}>
        <p className="quiet">{texts.text}</p>
        <div className="payment-filter-narrow">
          {day('from', from ?? `${(to ?? today).slice(0, 4)}-01-01`)}
          {day('to', to ?? today)}
        </div>
        <LocaleField />
        <div className="actions">
          <Button type="submit" variant="secondary" formAction="/api/payment-statement.pdf">
            <DownloadIcon aria-hidden />
            {texts.pdf}
          </Button>
          <Button type="submit" variant="secondary">
            <DownloadIcon aria-hidden />
            {texts.csv}
          </Button>
        </div>
        {faults.offline && <p className="statement-fault">{texts.faults.offline}</p>}
      </form>
    </details>
  );
}

function LocaleField() {
  return <input type="hidden" name="locale" value={useLocale()} />;
}
