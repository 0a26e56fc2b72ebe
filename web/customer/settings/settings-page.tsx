import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { emailAddressQuery, settingsQuery } from '../api/email-address.ts';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { EmailSection } from './email-section.tsx';
import { LanguageChoice } from './language-choice.tsx';
import { OwnLimits } from './own-limits.tsx';
import { ThemeChoice } from './theme-choice.tsx';
import { MailChoices } from './mail-choices.tsx';
import './settings.css';

export function SettingsPage() {
  const texts = useSettingsTexts();
  const email = useQuery(emailAddressQuery);
  const settings = useQuery(settingsQuery);
  const failed = email.isError ? email : settings.isError ? settings : undefined;
  return (
    <Page title={texts.title} width="form">
      {failed && <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />}
      {email.data && settings.data ? (
        <>
          <EmailSection email={email.data} />
          <MailChoices settings={settings.data} />
          <OwnLimits settings={settings.data} />
          <LanguageChoice settings={settings.data} />
        </>
      ) : (
        !failed && <LoadingRows rows={2} height={180} />
      )}
      <ThemeChoice />
      <Link to="/consents" className="settings-link">
        {texts.consents}
      </Link>
      <Link to="/devices" className="settings-link">
        {texts.devices}
      </Link>
      <Link to="/privacy" className="settings-link">
        {texts.privacy}
      </Link>
    </Page>
  );
}
