import { Button } from '@digdir/designsystemet-react';
import { CalendarIcon, EyeIcon, PadlockLockedIcon, TasklistIcon } from '@navikt/aksel-icons';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Bank } from '#http/contract/banks.ts';
import { connectBank } from '../api/actions.ts';
import { useTexts } from '../texts/texts.ts';
import { Page } from '../shell/page.tsx';
import { BackLink } from '#kit/parts/back-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useIsHere } from '#kit/parts/is-here.ts';
import { useRestoredPage } from '#kit/parts/restored-page.ts';

/** The terms of the consent, shown before the customer is sent to the bank to give it. */
export function ConsentStep({ bank }: { bank: Bank }) {
  const { banks: texts } = useTexts();
  const navigate = useNavigate();
  const isHere = useIsHere();
  const connect = useMutation({
    mutationFn: () => connectBank(bank.id),
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
      title={texts.connectTitle(bank.name)}
      width="form"
      above={
        <BackLink to="/banks" search={{}}>
          {texts.otherBank}
        </BackLink>
      }
    >
      <div className="consent-terms">
        <Term icon={<EyeIcon aria-hidden />} title={texts.sharedTitle}>
          <ul>
            {texts.shared.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </Term>
        <Term icon={<TasklistIcon aria-hidden />} title={texts.purposeTitle}>
          <p>{texts.purpose}</p>
        </Term>
        <Term icon={<CalendarIcon aria-hidden />} title={texts.durationTitle}>
          <p>{texts.duration(bank.maximumConsentDays)}</p>
        </Term>
      </div>
      <p className="consent-note">
        <PadlockLockedIcon aria-hidden />
        {texts.paymentsNote}
      </p>
      <p className="consent-statement">{texts.consent(bank.name)}</p>
      {connect.isError && <ProblemAlert error={connect.error} />}
      <div className="actions">
        <Button
          className="wide-button"
          loading={leaving}
          aria-disabled={leaving}
          onClick={() => !leaving && connect.mutate()}
        >
          {texts.action(bank.name)}
        </Button>
      </div>
      <p className="quiet">{texts.transfer(bank.name)}</p>
    </Page>
  );
}

function Term({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <section className="term">
      <span className="term-icon">{icon}</span>
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}
