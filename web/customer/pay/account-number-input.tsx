import { useLayoutEffect, useRef, type ChangeEvent } from 'react';
import { TextInput } from '#kit/parts/text-input.tsx';
import { caretAfterGrouping, groupAccountNumber } from './account-number-text.ts';

interface AccountNumberInputProps {
  id: string;
  label: string;
  hint: string;
  error: string | undefined;
  value: string;
  onChange: (value: string) => void;
}

/** Groups the digits while the customer types or pastes, and keeps the caret after the same digit. */
export function AccountNumberInput({ value, onChange, ...field }: AccountNumberInputProps) {
  const inputRef = useRef<HTMLInputElement>(null);
  const caret = useRef<number>(undefined);
  useLayoutEffect(() => {
    if (caret.current === undefined) return;
    inputRef.current?.setSelectionRange(caret.current, caret.current);
    caret.current = undefined;
  });
  const change = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const grouped = groupAccountNumber(target.value);
    caret.current = caretAfterGrouping(target.value, target.selectionStart ?? target.value.length, grouped);
    onChange(grouped);
  };
  return (
    <TextInput
      {...field}
      aria-required
      inputRef={inputRef}
      className="number"
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      value={value}
      onChange={change}
    />
  );
}
