import {
  CardIcon,
  HouseIcon,
  MenuHamburgerIcon,
  PaperplaneIcon,
  ReceiptIcon,
  WalletIcon,
} from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import type { Me } from '#http/contract/session.ts';
import { useTexts } from '../texts/texts.ts';
import { useSettingsCurrent } from './settings-places.ts';

const places = [
  { to: '/', text: 'home', Icon: HouseIcon },
  { to: '/pay', text: 'pay', Icon: PaperplaneIcon },
  { to: '/payments', text: 'payments', Icon: ReceiptIcon },
  { to: '/accounts', text: 'accounts', Icon: WalletIcon },
] as const;
const more = { to: '/settings', text: 'more', Icon: MenuHamburgerIcon } as const;
const cards = { to: '/cards', text: 'cards', Icon: CardIcon } as const;

/**
 * A bar at the bottom on a phone, where it leads to the settings too; a row in the header on a wide screen. Cards are
 * there where they are switched on for the customer.
 */
export function MainNavigation({ features = [] }: Pick<Me, 'features'>) {
  const { shell } = useTexts();
  const settingsCurrent = useSettingsCurrent();
  const shown = [...places, ...(features.includes('cards') ? [cards] : []), more];
  return (
    <nav className="navigation" aria-label={shell.mainNavigation}>
      <ul role="list">
        {shown.map(({ to, text, Icon }) => (
          <li key={to} className={to === more.to ? 'navigation-more' : undefined}>
            <Link
              to={to}
              activeOptions={{ exact: to === '/' }}
              className="navigation-link"
              {...(to === more.to && settingsCurrent)}
            >
              <Icon aria-hidden />
              <span>{shell[text]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
