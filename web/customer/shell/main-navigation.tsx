import { CardIcon, HouseIcon, PaperplaneIcon, ReceiptIcon, WalletIcon } from '@navikt/aksel-icons';
import { Link } from '@tanstack/react-router';
import type { Me } from '#http/contract/session.ts';
import { useTexts } from '../texts/texts.ts';

const places = [
  { to: '/', text: 'home', Icon: HouseIcon },
  { to: '/pay', text: 'pay', Icon: PaperplaneIcon },
  { to: '/payments', text: 'payments', Icon: ReceiptIcon },
  { to: '/accounts', text: 'accounts', Icon: WalletIcon },
] as const;
const cards = { to: '/cards', text: 'cards', Icon: CardIcon } as const;

/**
 * A bar at the bottom on a phone, a row in the header on a wide screen. Cards are there where they are switched on for
 * the customer.
 */
export function MainNavigation({ features = [] }: Pick<Me, 'features'>) {
  const { shell } = useTexts();
  const shown = features.includes('cards') ? [...places, cards] : places;
  return (
    <nav className="navigation" aria-label={shell.mainNavigation}>
      <ul role="list">
        {shown.map(({ to, text, Icon }) => (
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
