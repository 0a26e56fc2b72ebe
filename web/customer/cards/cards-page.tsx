import { useQuery } from '@tanstack/react-query';
import type { Card } from '#http/contract/cards.ts';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { problemOf } from '#kit/api/problem.ts';
import { cardsQuery } from '../api/cards.ts';
import { meQuery } from '../api/queries.ts';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ProblemScreen } from '../shell/problem-screen.tsx';
import { VerifyFirst } from '../shell/verify-first.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';
import { CardLink } from './card-link.tsx';
import { OrderCard } from './order-card.tsx';
import { TestNotice } from './test-notice.tsx';
import './cards.css';

/** The customer's test cards, those that are canceled below the others. */
export function CardsPage() {
  const texts = useCardsTexts();
  const cards = useQuery(cardsQuery);
  const { data: me } = useQuery(meQuery);
  if (problemOf(cards.error)?.status === 404) return <ProblemScreen error={cards.error} />;
  const isUnverified = me != null && me.kycStatus !== 'approved';
  if (cards.data?.cards.length === 0 && isUnverified)
    return <VerifyFirst title={texts.title} kycStatus={me.kycStatus} rejectedText={texts.none} />;
  return (
    <Page title={texts.title} lead={texts.lead} width="reading">
      <TestNotice />
      {cards.isPending && <LoadingRows rows={2} />}
      {cards.isError && <ProblemAlert error={cards.error} onRetry={() => void cards.refetch()} />}
      {cards.data && (
        <>
          <CardList title={texts.yours} cards={cards.data.cards.filter(isHeld)} none={texts.none} />
          {cards.data.orderable.map((type) => (
            <OrderCard key={type} type={type} />
          ))}
          <CardList title={texts.former} cards={cards.data.cards.filter((card) => !isHeld(card))} />
        </>
      )}
    </Page>
  );
}

const isHeld = ({ status }: Card): boolean => status !== 'canceled';

interface CardListProps {
  title: string;
  cards: Card[];
  /** What is said in place of an empty list, which is left out otherwise. */
  none?: string;
}

function CardList({ title, cards, none }: CardListProps) {
  if (cards.length === 0) return none === undefined ? null : <p className="quiet">{none}</p>;
  return (
    <section className="group" aria-label={title}>
      <h2>{title}</h2>
      <ul role="list" className="surface rows">
        {cards.map((card) => (
          <li key={card.id}>
            <CardLink card={card} />
          </li>
        ))}
      </ul>
    </section>
  );
}
