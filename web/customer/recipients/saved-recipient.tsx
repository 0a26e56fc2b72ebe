import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedCreditor } from '#http/contract/creditors.ts';
import { ConfirmDialog } from '#kit/parts/confirm-dialog.tsx';
import { creditorsQuery, removeCreditor, renameCreditor } from '../api/creditors.ts';
import { announce } from '../shell/announcer.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useOrderTexts } from '../texts/order-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { LabelForm } from './label-form.tsx';
import { RecipientWords } from './recipient-words.tsx';

/** A saved recipient, which can be renamed and removed. */
export function SavedRecipient({ creditor }: { creditor: SavedCreditor }) {
  const { recipients: texts } = useOrderTexts();
  const queryClient = useQueryClient();
  const [renaming, setRenaming] = useState(false);
  const rename = useMutation({
    mutationFn: (label: string) => renameCreditor(creditor.id, label),
    onSuccess: ({ label }) => {
      announce(texts.kept(label));
      setRenaming(false);
    },
    /* Also after a failure, since it may have been removed elsewhere. */
    onSettled: () => queryClient.invalidateQueries({ queryKey: creditorsQuery.queryKey }),
  });
  return (
    <li className="row" data-wraps>
      <RecipientWords {...creditor} />
      {renaming ? (
        <LabelForm
          label={creditor.label}
          busy={rename.isPending}
          error={rename.error}
          onSave={(label) => rename.mutate(label)}
          onCancel={() => setRenaming(false)}
        />
      ) : (
        <div className="actions">
          <Button
            variant="secondary"
            aria-label={texts.renameOf(creditor.label)}
            onClick={() => setRenaming(true)}
          >
            {texts.rename}
          </Button>
          <RemoveRecipient creditor={creditor} />
        </div>
      )}
    </li>
  );
}

function RemoveRecipient({ creditor }: { creditor: SavedCreditor }) {
  const { recipients: texts } = useOrderTexts();
  const { shell } = useTexts();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeCreditor(creditor.id),
    onSuccess: () => {
      setAsking(false);
      announce(texts.removed(creditor.label));
      return queryClient.invalidateQueries({ queryKey: creditorsQuery.queryKey });
    },
  });
  return (
    <>
      <Button
        variant="tertiary"
        data-color="danger"
        aria-label={texts.removeOf(creditor.label)}
        onClick={() => setAsking(true)}
      >
        {texts.remove}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={texts.removeTitle(creditor.label)}
        confirm={texts.removeConfirm}
        keep={shell.cancel}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        <p>{texts.removeText}</p>
        {remove.isError && <ProblemAlert error={remove.error} />}
      </ConfirmDialog>
    </>
  );
}
