import { Button } from '@digdir/designsystemet-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Payment } from '#http/contract/payments.ts';
import { creditorsQuery, saveCreditor } from '../api/creditors.ts';
import { accountsQuery } from '../api/queries.ts';
import { LabelForm } from '../recipients/label-form.tsx';
import { announce } from '../shell/announcer.tsx';
import { useOrderTexts } from '../texts/order-texts.ts';
import { usePayFormTexts } from '../texts/pay-form-texts.ts';
import '../recipients/recipients.css';

const sent: ReadonlySet<Payment['status']> = new Set(['authorised', 'scheduled', 'processing', 'settled']);

/** Saves the recipient of an approved payment. Absent for a saved recipient and for the customer's own accounts. */
export function SaveRecipient({ payment }: { payment: Payment }) {
  const { save: texts } = usePayFormTexts();
  const { recipients } = useOrderTexts();
  const { creditor } = payment;
  const queryClient = useQueryClient();
  const { data: accounts } = useQuery(accountsQuery);
  const { data: creditors } = useQuery({ ...creditorsQuery, enabled: sent.has(payment.status) });
  const [asking, setAsking] = useState(false);
  const save = useMutation({
    mutationFn: (label: string) => saveCreditor({ ...creditor, label }),
    onSuccess: ({ label }) => {
      announce(recipients.kept(label));
      return queryClient.invalidateQueries({ queryKey: creditorsQuery.queryKey });
    },
  });
  const isSame = ({ accountNumber }: { accountNumber: string | null }) =>
    accountNumber === creditor.accountNumber;
  if (!sent.has(payment.status) || payment.isContradicted || !creditors || !accounts) return null;
  if (creditors.saved.some(isSame) || accounts.some(isSame)) return null;
  return (
    <section className="save-recipient" aria-labelledby="save-recipient">
      <h2 id="save-recipient">{texts.title}</h2>
      {asking ? (
        <LabelForm
          label={creditor.name}
          busy={save.isPending}
          error={save.error}
          onSave={(label) => save.mutate(label)}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <>
          <p className="quiet">{texts.text(creditor.name)}</p>
          <Button variant="secondary" onClick={() => setAsking(true)}>
            {texts.action}
          </Button>
        </>
      )}
    </section>
  );
}
