import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecentCreditor } from '#http/contract/creditors.ts';
import { creditorsQuery, saveCreditor } from '../api/creditors.ts';
import { announce } from '../shell/announcer.tsx';
import { useOrderTexts } from '../texts/order-texts.ts';
import { LabelForm } from './label-form.tsx';
import { RecipientWords } from './recipient-words.tsx';

/** A recipient of a payment, which can be saved. */
export function RecentRecipient({ creditor }: { creditor: RecentCreditor }) {
  const { recipients: texts } = useOrderTexts();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const save = useMutation({
    mutationFn: (label: string) => saveCreditor({ ...creditor, label }),
    onSuccess: ({ label }) => {
      announce(texts.kept(label));
      return queryClient.invalidateQueries({ queryKey: creditorsQuery.queryKey });
    },
  });
  return (
    <li className="row" data-wraps>
      <RecipientWords {...creditor} label={creditor.name} />
      {asking ? (
        <LabelForm
          label={creditor.name}
          busy={save.isPending}
          error={save.error}
          onSave={(label) => save.mutate(label)}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <Button variant="secondary" aria-label={texts.saveOf(creditor.name)} onClick={() => setAsking(true)}>
          {texts.save}
        </Button>
      )}
    </li>
  );
}
