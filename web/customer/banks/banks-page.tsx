import { ChevronRightIcon } from '@navikt/aksel-icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { BankOutcome } from '#domain/outcomes.ts';
import type { Bank } from '#http/contract/banks.ts';
import { banksQuery, meQuery, renewalBankQuery } from '../api/queries.ts';
import { useConsentTexts } from '../texts/consent-texts.ts';
import { Page } from '../shell/page.tsx';
import { TaskSteps } from '../task/task-steps.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { VerifyFirst } from '../shell/verify-first.tsx';
import { BankMark } from './bank-mark.tsx';
import { ConsentOutcome } from './consent-outcome.tsx';
import { ConsentStep } from './consent-step.tsx';
import './banks.css';

/** Two screens under one path: the list of banks, then the terms of the consent. The back button goes between them. */
export function BanksPage() {
  const { bank: chosenId, renew, outcome } = useSearch({ from: '/customer/banks' });
  const { banks: texts } = useConsentTexts();
  const { data: me } = useQuery(meQuery);
  const banks = useQuery({ ...banksQuery, enabled: renew === undefined });
  /* What happened at the bank is said first. */
  if (me && me.kycStatus !== 'approved' && outcome === undefined)
    return <VerifyFirst title={texts.title} kycStatus={me.kycStatus} rejectedText={texts.rejectedText} />;
  if (renew !== undefined) return <RenewConsent id={renew} />;
  const chosen = banks.data?.find((bank) => bank.id === chosenId);
  if (chosen) return <ConsentStep key={chosen.id} bank={chosen} />;
  return <ChooseBank query={banks} outcome={outcome} />;
}

/** The terms of a consent that takes the place of another one, at the same bank. */
function RenewConsent({ id }: { id: string }) {
  const { banks: texts } = useConsentTexts();
  const renewal = useQuery(renewalBankQuery(id));
  const [bank] = renewal.data ?? [];
  if (bank) return <ConsentStep key={id} bank={bank} renews={id} />;
  return (
    <Page title={texts.renewTitle} width="form">
      {renewal.isPending && <LoadingRows rows={3} height={96} />}
      {renewal.isError && <ProblemAlert error={renewal.error} onRetry={() => void renewal.refetch()} />}
      {renewal.data && <p>{texts.empty}</p>}
      <Link to="/banks" search={{}}>
        {texts.choose}
      </Link>
    </Page>
  );
}

interface ChooseBankProps {
  query: { data: Bank[] | undefined; error: unknown; isPending: boolean; refetch: () => unknown };
  outcome: BankOutcome | undefined;
}

function ChooseBank({ query, outcome }: ChooseBankProps) {
  const { banks: texts } = useConsentTexts();
  return (
    <Page title={texts.title} lead={texts.lead} width="form" above={<TaskSteps task="banks" at={1} />}>
      {outcome && <ConsentOutcome outcome={outcome} />}
      {query.isPending && <LoadingRows rows={5} height={68} />}
      {query.error !== null && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p>{texts.empty}</p>}
      {query.data && query.data.length > 0 && (
        <ul role="list" className="surface rows" aria-label={texts.choose}>
          {query.data.map((bank) => (
            <li key={bank.id}>
              <Link to="/banks" search={{ bank: bank.id }} className="row">
                <BankMark name={bank.name} />
                <span className="row-words row-name">{bank.name}</span>
                <ChevronRightIcon aria-hidden className="row-arrow" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {query.data && query.data.length > 0 && <p className="quiet">{texts.absent}</p>}
    </Page>
  );
}
