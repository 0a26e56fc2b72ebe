import { Input } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Settings } from '#http/contract/settings.ts';
import { changeSettings, settingsQuery } from '../api/email-address.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';

const always = ['money', 'security'] as const;
const optional = ['consent', 'verification'] as const;

/** Which mails the customer gets. Those about money and security cannot be chosen away, and are shown as such. */
export function MailChoices({ settings }: { settings: Settings }) {
  const { mails: texts } = useSettingsTexts();
  const change = useChange();
  const chosen = change.isPending ? change.variables : settings.optionalMails;
  const choose = (kind: (typeof optional)[number], isWanted: boolean) =>
    change.mutate(optional.filter((each) => (each === kind ? isWanted : chosen.includes(each))));
  return (
    <fieldset className="surface stack mail-choices">
      <legend>
        <h2>{texts.title}</h2>
      </legend>
      <ul role="list">
        {always.map((kind) => (
          <li key={kind} className="mail-choice">
            <span>{texts[kind]}</span>
            <span className="mail-always">{texts.always}</span>
          </li>
        ))}
        {optional.map((kind) => (
          <li key={kind}>
            <label className="mail-choice">
              <span>{texts[kind]}</span>
              <Input
                type="checkbox"
                checked={chosen.includes(kind)}
                onChange={({ target }) => choose(kind, target.checked)}
              />
            </label>
          </li>
        ))}
      </ul>
      {change.isError && (
        <ProblemAlert error={change.error} onRetry={() => change.mutate(change.variables)} />
      )}
    </fieldset>
  );
}

function useChange() {
  const { mails: texts } = useSettingsTexts();
  const queryClient = useQueryClient();
  return useMutation({
    /* One after the other, so that the last choice counts. */
    scope: { id: 'mail-choices' },
    mutationFn: (optionalMails: Settings['optionalMails']) => changeSettings({ optionalMails }),
    onSuccess: (settings) => {
      queryClient.setQueryData(settingsQuery.queryKey, settings);
      announce(texts.saved);
    },
  });
}
