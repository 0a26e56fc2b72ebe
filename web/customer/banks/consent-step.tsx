import { Button } from '@digdir/designsystemet-react';
import { CalendarIcon, EyeIcon, PadlockLockedIcon, TasklistIcon } from '@navikt/aksel-icons';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { consentPurposes, consentReads } from '#domain/banking/consent.ts';
import type { Bank } from '#http/contract/banks.ts';
import { connectBank } from '../api/actions.ts';
import { useConsentTexts, wordsOf } from '../texts/consent-texts.ts';
import { Page } from '../shell/page.tsx';
import { ActionBar } from '../task/action-bar.tsx';
import { TaskSteps } from '../task/task-steps.tsx';
import { BackLink } from '#kit/parts/back-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useIsHere } from '#kit/parts/is-here.ts';
import { useRestoredPage } from '#kit/parts/restored-page.ts';

/** The terms of the consent, shown before the customer is sent to the bank to give it. */
export function ConsentStep({ bank, renews }: { bank: Bank; renews?: string | undefined }) {
  const { step: texts } = useConsentTexts();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const connect = useMutation({
    mutationFn: () => connectBank(renews === undefined ? { bankId: bank.id } : { renews }),
    onSuccess: ({ id, consentUrl }) => {
      if (!isHere.current) return;
      if (consentUrl !== undefined) window.location.assign(consentUrl);
      else void navigate({ to: '/accounts', search: { connection: id } });
    },
  });
  useRestoredPage(() => connect.reset());
  const leaving = connect.isPending || connect.isSuccess;
  return (
    <Page
      title={(renews === undefined ? texts.connectTitle : texts.renewTitle)(bank.name)}
      {...(renews !== undefined && { lead: texts.renewNote })}
      width="form"
      above={
        <>
          <TaskSteps task="banks" at={2} />
          <WayBack isRenewal={renews !== undefined} />
        </>
      }
    >
      {bank.movesFrom && <p>{texts.moved(bank.readThrough, bank.movesFrom.readThrough)}</p>}
      <ConsentTerms bank={bank} />
      <p className="consent-note">
        <PadlockLockedIcon aria-hidden />
        {texts.paymentsNote}
      </p>
      <p className="consent-statement">{texts.consent(bank.name)}</p>
      {connect.isError && <ProblemAlert error={connect.error} />}
      <p className="quiet">{texts.transfer(bank.name)}</p>
      <ActionBar>
        <Button
          className="wide-button"
          loading={leaving}
          aria-disabled={leaving}
          onClick={() => !leaving && connect.mutate()}
        >
          {texts.action(bank.name)}
        </Button>
      </ActionBar>
    </Page>
  );
}

function WayBack({ isRenewal }: { isRenewal: boolean }) {
  const { step: texts } = useConsentTexts();
  if (isRenewal) return <BackLink to="/consents">{texts.back}</BackLink>;
  return (
    <BackLink to="/banks" search={{}}>
      {texts.otherBank}
    </BackLink>
  );
}

/** In the words of the page that lists the consents. */
function ConsentTerms({ bank }: { bank: Bank }) {
  const { step: texts, reads, purposes, notRead } = useConsentTexts();
  return (
    <div className="surface rows">
      <Term icon={<EyeIcon aria-hidden />} title={texts.sharedTitle}>
        <p>{texts.sharedOf}</p>
        <ul>
          {wordsOf(consentReads, reads).map((word) => (
            <li key={word}>{word}</li>
          ))}
        </ul>
        {bank.readThrough !== null && <p>{texts.through(bank.readThrough)}</p>}
        <p>{notRead}</p>
      </Term>
      <Term icon={<TasklistIcon aria-hidden />} title={texts.purposeTitle}>
        <ul>
          {wordsOf(consentPurposes, purposes).map((word) => (
            <li key={word}>{word}</li>
          ))}
        </ul>
        <p>{texts.purposeNote}</p>
      </Term>
      <Term icon={<CalendarIcon aria-hidden />} title={texts.durationTitle}>
        <p>{texts.duration(bank.maximumConsentDays)}</p>
      </Term>
    </div>
  );
}

function Term({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section className="row term">
      <span className="term-icon">{icon}</span>
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}
