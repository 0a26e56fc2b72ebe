import {
  BellIcon,
  HandshakeIcon,
  InformationIcon,
  LaptopIcon,
  PersonGroupIcon,
  PersonIcon,
  QuestionmarkIcon,
  ShieldLockIcon,
} from '@navikt/aksel-icons';
import { useQuery } from '@tanstack/react-query';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { emailAddressQuery, settingsQuery } from '../api/email-address.ts';
import { meQuery } from '../api/queries.ts';
import { useUnread } from '../notifications/use-unread.ts';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { useSettingsTexts } from '../texts/settings-texts.ts';
import { LanguageChoice } from './language-choice.tsx';
import { MailChoices } from './mail-choices.tsx';
import { SettingsGroup } from './settings-group.tsx';
import { ThemeChoice } from './theme-choice.tsx';
import './settings.css';

/** Everything that a customer can set, in groups: some of it here, the rest behind a link. */
export function SettingsPage() {
  const texts = useSettingsTexts();
  const { data: me } = useQuery(meQuery);
  const { data: email } = useQuery(emailAddressQuery);
  const settings = useQuery(settingsQuery);
  const unread = useUnread();
  const { links, groups } = texts;
  const address = email?.address ?? email?.pendingAddress ?? undefined;
  return (
    <Page title={texts.title} width="wide">
      <div className="columns">
        <div>
          <SettingsGroup
            title={groups.profile}
            rows={[
              {
                Icon: PersonIcon,
                to: '/profile',
                title: me?.name ?? links.profile,
                text: address ?? links.profileText,
              },
              {
                Icon: BellIcon,
                to: '/notifications',
                title: links.notifications,
                text: unread ? links.unread(unread) : undefined,
              },
            ]}
          />
          <SettingsGroup
            title={groups.bank}
            rows={[
              { Icon: HandshakeIcon, to: '/consents', title: links.consents, text: links.consentsText },
              { Icon: PersonGroupIcon, to: '/recipients', title: links.recipients, text: undefined },
            ]}
          />
          <SettingsGroup
            title={groups.security}
            rows={[
              { Icon: LaptopIcon, to: '/devices', title: links.devices, text: links.devicesText },
              { Icon: ShieldLockIcon, to: '/privacy', title: links.privacy, text: links.privacyText },
            ]}
          />
          <SettingsGroup
            title={groups.help}
            rows={[
              { Icon: QuestionmarkIcon, to: '/help', title: links.help, text: undefined },
              { Icon: InformationIcon, to: '/about', title: links.about, text: undefined },
            ]}
          />
        </div>
        <div>
          {settings.isError && (
            <ProblemAlert error={settings.error} onRetry={() => void settings.refetch()} />
          )}
          {settings.isPending && <LoadingRows rows={2} height={180} />}
          {settings.data && <MailChoices settings={settings.data} />}
          {settings.data && <LanguageChoice settings={settings.data} />}
          <ThemeChoice />
        </div>
      </div>
    </Page>
  );
}
