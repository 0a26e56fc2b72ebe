import { Button } from '@digdir/designsystemet-react';
import { Link } from '@tanstack/react-router';
import type { Me } from '#http/contract/session.ts';
import { signOut } from '../api/actions.ts';
import { Wordmark } from '#kit/brand/wordmark.tsx';
import { useLocale } from '#kit/locale/locale.ts';
import { useTexts } from '../texts/texts.ts';
import { useChooseLocale } from './chosen-locale.ts';
import { EnvironmentBanner } from './environment-banner.tsx';
import { useLeaving } from './leaving.ts';
import { MainNavigation } from './main-navigation.tsx';
import { NotificationBell } from './notification-bell.tsx';
import { tellRefused } from './refused-store.ts';
import { useSettingsCurrent } from './settings-places.ts';

export function Header({ me }: { me: Me | null }) {
  const { shell } = useTexts();
  return (
    <header className="header">
      <EnvironmentBanner />
      <div className="header-inner">
        <Link to="/" className="header-home" aria-label={shell.toFrontPage}>
          <Wordmark />
        </Link>
        {me && <MainNavigation features={me.features} />}
        <div className="header-end">
          {me && <NotificationBell />}
          <LanguageSwitch />
          {me && <SettingsLink />}
          {me && <SignOut />}
        </div>
      </div>
    </header>
  );
}

function LanguageSwitch() {
  const { shell } = useTexts();
  const other = useLocale() === 'nb' ? 'en' : 'nb';
  const choose = useChooseLocale();
  return (
    <Button
      variant="tertiary"
      data-color="neutral"
      className="header-button"
      lang={other}
      onClick={() => void choose(other)}
    >
      {shell.otherLanguage}
    </Button>
  );
}

/** Hidden on phones for lack of room: there the bar at the bottom leads to the settings. */
function SettingsLink() {
  const { shell } = useTexts();
  const current = useSettingsCurrent();
  return (
    <Link
      to="/settings"
      className="ds-button header-button header-settings"
      data-variant="tertiary"
      data-color="neutral"
      {...current}
    >
      {shell.settings}
    </Link>
  );
}

function SignOut() {
  const { shell } = useTexts();
  const leave = useLeaving(signOut, { onError: () => tellRefused('signOut') });
  return (
    <Button
      variant="tertiary"
      data-color="neutral"
      className="header-button"
      loading={leave.isPending}
      onClick={() => leave.mutate()}
    >
      {shell.signOut}
    </Button>
  );
}
