import { ChevronRightIcon, ExclamationmarkTriangleIcon, HourglassIcon } from '@navikt/aksel-icons';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useFormat } from '#kit/locale/format.ts';
import { useHomeTexts } from '../texts/home-texts.ts';
import { useTexts } from '../texts/texts.ts';
import type { WaitingItem } from './waiting-items.ts';
import './waiting-list.css';

const urgent: ReadonlySet<WaitingItem['kind']> = new Set(['bank', 'consentExpired', 'verification']);

/** What only the customer can do, above all else. Absent where there is nothing. */
export function WaitingList({ items }: { items: readonly WaitingItem[] }) {
  const { waiting } = useHomeTexts();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="home-waiting" className="group waiting">
      <h2 id="home-waiting">{waiting.title}</h2>
      <ul role="list" className="surface rows waiting-rows">
        {items.map((item) => (
          <li key={keyOf(item)}>
            <Row item={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({ item }: { item: WaitingItem }) {
  const { title, text, link } = useWords(item);
  const Icon = urgent.has(item.kind) ? ExclamationmarkTriangleIcon : HourglassIcon;
  return (
    <Link {...link} className="row waiting-row" data-urgent={urgent.has(item.kind)}>
      <Icon aria-hidden />
      <span className="row-words">
        <span className="row-name">{title}</span>
        <span className="row-text">{text}</span>
      </span>
      <ChevronRightIcon aria-hidden />
    </Link>
  );
}

function keyOf(item: WaitingItem): string {
  if ('connection' in item) return item.connection.id;
  return item.kind === 'approve' ? item.payment.id : item.kind;
}

interface Words {
  title: string;
  text: string;
  link: Pick<LinkProps, 'to' | 'params' | 'search'>;
}

function useWords(item: WaitingItem): Words {
  const { waiting } = useHomeTexts();
  const { home } = useTexts();
  const format = useFormat();
  switch (item.kind) {
    case 'verification':
      return { title: home[`${item.step}Title`], text: home[`${item.step}Text`], link: { to: '/verify' } };
    case 'bank':
      return { title: home.bankTitle, text: home.bankText, link: { to: '/banks' } };
    case 'draft':
      return {
        title: waiting.draft,
        text: item.name === '' ? waiting.draftText : waiting.draftTo(item.name),
        link: { to: '/pay' },
      };
    case 'approve': {
      const { id, amount, creditor, debtor } = item.payment;
      return {
        title: waiting.approve(format.money(amount), creditor.name),
        text: waiting.approveText(debtor.bankName),
        link: { to: '/payments/$paymentId', params: { paymentId: id } },
      };
    }
    case 'consentExpired':
    case 'consentEnds': {
      const { id, bankName, validUntil } = item.connection;
      const title =
        item.kind === 'consentEnds' && validUntil !== null
          ? waiting.consentEnds(bankName, format.date(validUntil))
          : waiting.consentExpired(bankName);
      return { title, text: waiting[`${item.kind}Text`], link: { to: '/banks', search: { renew: id } } };
    }
  }
}
