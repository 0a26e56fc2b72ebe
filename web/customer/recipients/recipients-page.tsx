import { useQuery } from '@tanstack/react-query';
import type { RecentCreditor } from '#http/contract/creditors.ts';
import { BackLink } from '#kit/parts/back-link.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { creditorsQuery } from '../api/creditors.ts';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useOrderTexts } from '../texts/order-texts.ts';
import { useTexts } from '../texts/texts.ts';
import { RecentRecipient } from './recent-recipient.tsx';
import { SavedRecipient } from './saved-recipient.tsx';
import './recipients.css';

/** The recipients that the customer has saved, and those of the newest payments, which can be saved. */
export function RecipientsPage() {
  const { recipients: texts } = useOrderTexts();
  const { shell } = useTexts();
  const creditors = useQuery(creditorsQuery);
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      width="reading"
      above={<BackLink to="/pay">{shell.pay}</BackLink>}
    >
      {creditors.isPending && <LoadingRows rows={2} />}
      {creditors.isError && <ProblemAlert error={creditors.error} onRetry={() => void creditors.refetch()} />}
      {creditors.data && (
        <>
          <section className="group" aria-labelledby="recipients-saved">
            <h2 id="recipients-saved">{texts.saved}</h2>
            {creditors.data.saved.length === 0 && (
              <p className="quiet">
                {texts.noneSaved} {creditors.data.recent.length === 0 && texts.noneRecent}
              </p>
            )}
            <ul role="list" className="surface rows">
              {creditors.data.saved.map((creditor) => (
                <SavedRecipient key={creditor.id} creditor={creditor} />
              ))}
            </ul>
          </section>
          {creditors.data.recent.length > 0 && <RecentRecipients recent={creditors.data.recent} />}
        </>
      )}
    </Page>
  );
}

function RecentRecipients({ recent }: { recent: RecentCreditor[] }) {
  const { recipients: texts } = useOrderTexts();
  return (
    <section className="group" aria-labelledby="recipients-recent">
      <h2 id="recipients-recent">{texts.recent}</h2>
      <ul role="list" className="surface rows">
        {recent.map((creditor) => (
          <RecentRecipient key={creditor.accountNumber} creditor={creditor} />
        ))}
      </ul>
    </section>
  );
}
