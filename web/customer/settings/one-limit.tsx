import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type SubmitEvent } from 'react';
import type { Settings } from '#http/contract/settings.ts';
import { useLocale } from '#kit/locale/locale.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { changeSettings, settingsQuery } from '../api/email-address.ts';
import { readAmount, writeAmount } from '../pay/amount-text.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';

export type Limit = 'paymentLimit' | 'dayLimit';

interface OneLimitProps {
  limit: Limit;
  settings: Settings;
}

/** One limit, saved by itself. An empty field is no limit. */
export function OneLimit({ limit, settings }: OneLimitProps) {
  const { limits: texts } = useSettingsTexts();
  const locale = useLocale();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const kept = settings[limit];
  /* Undefined while the field shows what is kept. */
  const [typed, setTyped] = useState<string>();
  const [fault, setFault] = useState<'high' | 'form'>();
  const text = typed ?? (kept ? writeAmount(kept.amount, locale) : '');
  const change = useChange(limit, () => setTyped(undefined));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    const read = readAmount(text);
    if (read.kind === 'amount') return change.mutate({ amount: read.oere, currency: 'NOK' });
    if (read.kind === 'missing') return kept ? change.mutate(null) : undefined;
    setFault(read.kind === 'high' ? 'high' : 'form');
    field.current?.focus();
  };
  const type = (next: string) => {
    setTyped(next);
    setFault(undefined);
    change.reset();
  };
  return (
    <form noValidate onSubmit={submit} className="limit-form">
      <TextInput
        id={id}
        label={texts[limit]}
        error={fault && texts[fault]}
        suffix={texts.currency}
        inputRef={field}
        className="limit-input"
        inputMode="decimal"
        autoComplete="off"
        placeholder={texts.none}
        value={text}
        onChange={({ target }) => type(target.value)}
      />
      {change.isError && (
        <ProblemAlert error={change.error} onRetry={() => change.mutate(change.variables)} />
      )}
      <div className="actions">
        <Button type="submit" variant="secondary" loading={change.isPending} aria-disabled={change.isPending}>
          {texts.save[limit]}
        </Button>
        {change.isSuccess && <p className="saved-note">{kept ? texts.saved : texts.removed}</p>}
      </div>
    </form>
  );
}

function useChange(limit: Limit, onSaved: () => void) {
  const { limits: texts } = useSettingsTexts();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (amount: Settings[Limit]) => changeSettings({ [limit]: amount }),
    onSuccess: (settings) => {
      queryClient.setQueryData(settingsQuery.queryKey, settings);
      announce(settings[limit] ? texts.saved : texts.removed);
      onSaved();
    },
  });
}
