import { Button } from '@digdir/designsystemet-react';
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { creditorLabelLengthMax } from '#domain/payment/creditor.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import type { OrderTexts } from '../texts/nb-order.ts';
import { useOrderTexts } from '../texts/order-texts.ts';
import { useTexts } from '../texts/texts.ts';

interface LabelFormProps {
  /** The name that the field begins with. */
  label: string;
  busy: boolean;
  error: unknown;
  onSave: (label: string) => void;
  onCancel: () => void;
}

/** Asks for the customer's own name of a recipient. It takes the focus when it opens. */
export function LabelForm({ label, busy, error, onSave, onCancel }: LabelFormProps) {
  const { recipients: texts } = useOrderTexts();
  const { shell } = useTexts();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(label);
  const [isChecked, setChecked] = useState(false);
  const fault = isChecked ? faultOf(typed, texts) : undefined;
  useEffect(() => field.current?.focus(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (busy) return;
    if (faultOf(typed, texts) === undefined) return onSave(typed.trim());
    setChecked(true);
    field.current?.focus();
  };
  const type = (next: string) => {
    setTyped(next);
    setChecked(false);
  };
  return (
    <form noValidate onSubmit={submit} className="label-form">
      <TextInput
        id={id}
        label={texts.label}
        hint={texts.labelHint}
        error={fault}
        inputRef={field}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => type(target.value)}
      />
      {error !== null && error !== undefined && <ProblemAlert error={error} />}
      <div className="actions">
        <Button type="submit" loading={busy} aria-disabled={busy}>
          {texts.keep}
        </Button>
        <Button variant="tertiary" data-color="neutral" onClick={onCancel}>
          {shell.cancel}
        </Button>
      </div>
    </form>
  );
}

function faultOf(typed: string, texts: OrderTexts['recipients']): string | undefined {
  const { length } = typed.trim();
  if (length === 0) return texts.labelMissing;
  return length > creditorLabelLengthMax ? texts.labelLong(creditorLabelLengthMax) : undefined;
}
