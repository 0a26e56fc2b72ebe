import { useQuery } from '@tanstack/react-query';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { closureQuery, dataCopyQuery } from '../api/privacy.ts';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { SettingsBackLink } from '../shell/settings-back-link.tsx';
import { usePrivacyTexts } from '../texts/privacy-texts.ts';
import { CloseAccount } from './close-account.tsx';
import { CopySection } from './copy-section.tsx';
import '../settings/settings.css';
import './privacy.css';

export function PrivacyPage() {
  const texts = usePrivacyTexts();
  const copy = useQuery(dataCopyQuery);
  const closure = useQuery(closureQuery);
  const failed = copy.isError ? copy : closure.isError ? closure : undefined;
  return (
    <Page title={texts.title} lead={texts.lead} width="form" above={<SettingsBackLink />}>
      {failed && <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />}
      {copy.data && closure.data ? (
        <>
          <CopySection copy={copy.data} />
          <CloseAccount closure={closure.data} />
        </>
      ) : (
        !failed && <LoadingRows rows={2} height={180} />
      )}
    </Page>
  );
}
