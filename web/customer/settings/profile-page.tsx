import { useQuery } from '@tanstack/react-query';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { emailAddressQuery, settingsQuery } from '../api/email-address.ts';
import { meQuery } from '../api/queries.ts';
import { Page } from '../shell/page.tsx';
import { SettingsBackLink } from '../shell/settings-back-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { EmailSection } from './email-section.tsx';
import { OwnLimits } from './own-limits.tsx';
import './settings.css';

/** What Drop knows the customer by, where it writes to them, and their own limits. */
export function ProfilePage() {
  const texts = useSettingsTexts();
  const email = useQuery(emailAddressQuery);
  const settings = useQuery(settingsQuery);
  const failed = email.isError ? email : settings.isError ? settings : undefined;
  return (
    <Page title={texts.profile.title} width="form" above={<SettingsBackLink />}>
      <NameSection />
      {failed && <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />}
      {email.data && settings.data ? (
        <>
          <EmailSection email={email.data} />
          <OwnLimits settings={settings.data} />
        </>
      ) : (
        !failed && <LoadingRows rows={2} height={180} />
      )}
    </Page>
  );
}

function NameSection() {
  const { profile: texts } = useSettingsTexts();
  const { data: me } = useQuery(meQuery);
  if (!me) return null;
  const isVerified = me.kycStatus === 'approved';
  return (
    <section className="surface stack" aria-labelledby="settings-name">
      <h2 id="settings-name">{texts.name}</h2>
      <p className="email-address">
        <span lang="nb">{me.name}</span>
        <StatusTag tone={isVerified ? 'success' : 'neutral'}>
          {isVerified ? texts.verified : texts.notVerified}
        </StatusTag>
      </p>
      <p className="quiet">{texts.nameText}</p>
    </section>
  );
}
