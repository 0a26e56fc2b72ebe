import { Label, Textarea } from '@digdir/designsystemet-react';
import { useId } from 'react';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { weekdayOf } from '../payments/payment-day.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import { invoiceLengthMax } from './invoice-text.ts';
import type { Recognised } from './recognised.ts';

interface PasteInvoiceProps {
  found: Recognised | undefined;
  onText: (text: string) => void;
}

/** A place for the text of an invoice. The text stays on this page. */
export function PasteInvoice({ found, onText }: PasteInvoiceProps) {
  const { paste: texts } = usePayFormTexts();
  const id = useId();
  return (
    <>
      <details className="paste">
        <summary>{texts.open}</summary>
        <div className="ds-field field">
          <Label htmlFor={id}>{texts.label}</Label>
          <div id={`${id}-hint`} data-field="description">
            {texts.hint}
          </div>
          <Textarea
            id={id}
            aria-describedby={`${id}-hint`}
            rows={3}
            maxLength={invoiceLengthMax}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => onText(target.value)}
          />
        </div>
      </details>
      <p role="status" className="paste-found" data-testid="paste-found">
        {found && <Found {...found} />}
      </p>
    </>
  );
}

function Found({ fields, due, isDayFilled }: Recognised) {
  const { paste: texts } = usePayFormTexts();
  const format = useFormat();
  const now = new Date(useNow());
  const names = fields.flatMap((field) => (field in texts.fields ? [texts.fields[field as 'kid']] : []));
  const day = due && weekdayOf(due.day, { format, now });
  return (
    <>
      {names.length > 0 && texts.found(names.join(', '))}
      {names.length === 0 && due === undefined && texts.none}
      {isDayFilled && due?.kind === 'over' && ` ${texts.late(day ?? '')}`}
      {isDayFilled && due?.kind === 'far' && ` ${texts.far(day ?? '')}`}
    </>
  );
}
