import { Input } from '@digdir/designsystemet-react';
import { usePayTexts } from '../texts/pay-texts.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import type { PaymentField, PaymentFormErrors, PaymentFormValues } from './payment-form-values.ts';
import '#kit/parts/choice.css';

interface ReferenceFieldsProps {
  values: PaymentFormValues;
  errors: PaymentFormErrors;
  fieldId: (field: PaymentField) => string;
  kidHint: string;
  onChange: (change: Partial<PaymentFormValues>) => void;
}

/** A KID or a message, never both. Switching keeps the value of the other field. */
export function ReferenceFields({ values, errors, fieldId, kidHint, onChange }: ReferenceFieldsProps) {
  const pay = usePayTexts();
  const choices = [
    { kind: 'kid', label: pay.kid },
    { kind: 'text', label: pay.message },
  ] as const;
  return (
    <fieldset className="reference">
      <legend className="ds-label">{pay.referenceKind}</legend>
      <div className="choice">
        {choices.map(({ kind, label }) => (
          <label key={kind} className="choice-item" data-chosen={values.referenceKind === kind}>
            <Input
              type="radio"
              name="reference-kind"
              value={kind}
              checked={values.referenceKind === kind}
              onChange={() => onChange({ referenceKind: kind })}
            />
            {label}
          </label>
        ))}
      </div>
      {values.referenceKind === 'kid' ? (
        <TextInput
          id={fieldId('kid')}
          label={pay.kid}
          hint={kidHint}
          error={errors.kid}
          aria-required
          className="number"
          // A KID may end with a hyphen, which the iPhone keypads for "numeric", "decimal" and "tel" lack.
          inputMode="text"
          autoCapitalize="off"
          autoCorrect="off"
          spellCheck={false}
          autoComplete="off"
          value={values.kid}
          onChange={({ target }) => onChange({ kid: target.value })}
        />
      ) : (
        <TextInput
          id={fieldId('text')}
          label={pay.messageOptional}
          hint={pay.messageHint}
          error={errors.text}
          autoComplete="off"
          value={values.text}
          onChange={({ target }) => onChange({ text: target.value })}
        />
      )}
    </fieldset>
  );
}
