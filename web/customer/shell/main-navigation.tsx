import { HouseIcon, PaperplaneIcon, ReceiptIcon, WalletIcon } from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../texts/texts.ts';

const places = [
  { to: '/', text: 'home', Icon: HouseIcon },
  { to: '/pay', text: 'pay', Icon: PaperplaneIcon },
  { to: '/payments', text: 'payments', Icon: ReceiptIcon },
  { to: '/accounts', text: 'accounts', Icon: WalletIcon },
] as const;

/** A bar at the bottom on a phone, a row in the header on a wide screen. */
export function MainNavigation() {
  const { shell } = useTexts();
  return (
    <nav className="navigation" aria-label={shell.mainNavigation}>
      <ul role="list">
        {places.map(({ to, text, Icon }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: to === '/' }} className="navigation-link">
              <Icon aria-hidden />
              <span>{shell[text]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
