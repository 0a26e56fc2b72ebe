import { Input, Label, ValidationMessage } from '@digdir/designsystemet-react';
import type { ComponentProps, Ref } from 'react';
import './field.css';

type NativeInput = Omit<ComponentProps<typeof Input>, 'id' | 'ref'>;

interface TextInputProps extends NativeInput {
  id: string;
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** The id of another element that says something about the value. */
  describedBy?: string;
  /** The unit, shown after the field. */
  suffix?: string;
  inputRef?: Ref<HTMLInputElement>;
}

/** A labelled field whose hint and fault are linked to it for screen readers. */
export function TextInput(props: TextInputProps) {
  const { id, label, hint, error, describedBy = '', suffix, inputRef, ...input } = props;
  const parts = [hint ? `${id}-hint` : '', error ? `${id}-error` : '', describedBy];
  const described = parts.filter((part) => part !== '');
  return (
    <div className="ds-field field">
      <Label htmlFor={id}>{label}</Label>
      {hint && (
        <div id={`${id}-hint`} data-field="description">
          {hint}
        </div>
      )}
      <div className="field-box">
        <Input
          {...input}
          id={id}
          ref={inputRef}
          aria-invalid={error ? true : undefined}
          aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        />
        {suffix && (
          <span className="field-suffix" aria-hidden="true">
            {suffix}
          </span>
        )}
      </div>
      {error && <ValidationMessage id={`${id}-error`}>{error}</ValidationMessage>}
    </div>
  );
}
