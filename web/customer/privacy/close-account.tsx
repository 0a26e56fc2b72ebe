import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useRef, useState, type SubmitEvent } from 'react';
import type { AccountClosure } from '#http/contract/privacy.ts';
import { problemOf } from '#kit/api/problem.ts';
import { Notice } from '#kit/parts/notice.tsx';
import { TextInput } from '#kit/parts/text-input.tsx';
import { closeAccount, closureQuery } from '../api/privacy.ts';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { announceSignOut, endSession } from '../shell/session-end.ts';
import { usePrivacyTexts } from '../texts/privacy-texts.ts';

/** What a closing means, what stands in its way, and the word that confirms it. */
export function CloseAccount({ closure: { openPayments } }: { closure: AccountClosure }) {
  const { close: texts } = usePrivacyTexts();
  return (
    <section className="surface stack" aria-labelledby="privacy-close">
      <h2 id="privacy-close">{texts.title}</h2>
      <p>{texts.text}</p>
      <ul className="privacy-points">
        {texts.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <p>{texts.keep}</p>
      <p>{texts.later}</p>
      {openPayments > 0 ? <OpenPayments count={openPayments} /> : <CloseForm />}
    </section>
  );
}

function OpenPayments({ count }: { count: number }) {
  const { close: texts } = usePrivacyTexts();
  return (
    <Notice tone="warning" title={texts.openTitle}>
      <p>
        {texts.open(count)} {texts.openAdvice(count)}
      </p>
      <Link to="/payments" search={{ status: 'ongoing' }}>
        {texts.toPayments}
      </Link>
    </Notice>
  );
}

function CloseForm() {
  const { close: texts } = usePrivacyTexts();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [word, setWord] = useState('');
  const [isWrong, setWrong] = useState(false);
  const close = useClose();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (close.isPending) return;
    const isRight = word.trim().toUpperCase() === texts.word;
    setWrong(!isRight);
    if (isRight) return close.mutate(word.trim());
    field.current?.focus();
  };
  return (
    <form noValidate onSubmit={submit} className="email-form">
      <TextInput
        id={id}
        label={texts.label}
        error={isWrong ? texts.wrong : undefined}
        inputRef={field}
        aria-required
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        value={word}
        onChange={({ target }) => setWord(target.value)}
      />
      {close.isError && <ProblemAlert error={close.error} onRetry={() => close.mutate(word.trim())} />}
      <div className="actions">
        <Button type="submit" data-color="danger" loading={close.isPending} aria-disabled={close.isPending}>
          {texts.action}
        </Button>
      </div>
    </form>
  );
}

/** Leaves the account behind, also in the browser's other tabs. */
function useClose() {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: closeAccount,
    onSuccess: () => {
      announceSignOut();
      return endSession(queryClient, () => navigate({ to: '/account-closed', replace: true }));
    },
    onError: (error) => {
      /* A payment was begun in another tab. */
      if (problemOf(error)?.code === 'account_has_open_payments')
        void queryClient.invalidateQueries({ queryKey: closureQuery.queryKey });
    },
  });
}
