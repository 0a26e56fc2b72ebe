import { Button } from '@digdir/designsystemet-react';
import { useMutation } from '@tanstack/react-query';
import { useId, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import type { EmailAddress } from '#http/contract/email-address.ts';
import { problemOf } from '#kit/api/problem.ts';
import { TextInput } from '#kit/parts/text-input.tsx';
import { setEmailAddress } from '../api/email-address.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useTexts } from '../texts/texts.ts';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { useShowEmail } from './show-email.ts';

interface EmailFormProps {
  onSaved: (state: EmailAddress) => void;
  /** More buttons. */
  children?: ReactNode;
}

/** The field for an address. The server judges it, and its fault is shown at the field. */
export function EmailForm({ onSaved, children }: EmailFormProps) {
  const { email: texts } = useSettingsTexts();
  const { problems } = useTexts();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [address, setAddress] = useState('');
  const [isEmpty, setEmpty] = useState(false);
  const save = useSave(onSaved, () => field.current?.focus());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (save.isPending) return;
    setEmpty(address.trim() === '');
    if (address.trim() !== '') return save.mutate(address);
    field.current?.focus();
  };
  const isRefused = problemOf(save.error)?.code === 'email_address_invalid';
  const refusal = isRefused ? (faultOf(save.error) ?? problems.messages.email_address_invalid) : undefined;
  return (
    <form noValidate onSubmit={submit} className="email-form">
      <TextInput
        id={id}
        label={texts.label}
        error={isEmpty ? texts.empty : refusal}
        inputRef={field}
        aria-required
        // The type "email" would change a domain with Norwegian letters in the field itself.
        inputMode="email"
        autoComplete="email"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        value={address}
        onChange={({ target }) => setAddress(target.value)}
      />
      {save.isError && !isRefused && <ProblemAlert error={save.error} onRetry={() => save.mutate(address)} />}
      <div className="actions">
        <Button type="submit" loading={save.isPending} aria-disabled={save.isPending}>
          {texts.save}
        </Button>
        {children}
      </div>
    </form>
  );
}

function useSave(onSaved: (state: EmailAddress) => void, onRefused: () => void) {
  const { email: texts } = useSettingsTexts();
  const show = useShowEmail();
  return useMutation({
    mutationFn: setEmailAddress,
    onSuccess: (state) => {
      show(state);
      if (state.pendingAddress !== null) announce(texts.sent(state.pendingAddress));
      onSaved(state);
    },
    onError: (error) => {
      if (problemOf(error)?.code === 'email_address_invalid') onRefused();
    },
  });
}

function faultOf(error: unknown): string | undefined {
  return problemOf(error)?.fields?.find(({ field }) => field === 'address')?.message;
}
