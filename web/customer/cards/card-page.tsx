import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { OpenedCard } from '#http/contract/cards.ts';
import { BackLink } from '#kit/parts/back-link.tsx';
import { LoadingRows } from '#kit/parts/loading-rows.tsx';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { problemOf } from '#kit/api/problem.ts';
import { cardQuery } from '../api/cards.ts';
import { Page } from '../shell/page.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ProblemScreen } from '../shell/problem-screen.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';
import { AuthorizationRows } from './authorization-rows.tsx';
import { CardLimit } from './card-limit.tsx';
import { CardUse } from './card-use.tsx';
import { EndCard } from './end-card.tsx';
import { TestNotice } from './test-notice.tsx';
import { TestPurchase } from './test-purchase.tsx';
import { cardState, cardTone, expiryOf } from './card-state.ts';
import './cards.css';

/** One test card, and what its holder can do with it. Another card has its own screen: nothing typed is carried on. */
export function CardPage() {
  const { cardId } = useParams({ from: '/customer/cards/$cardId' });
  return <OneCard key={cardId} id={cardId} />;
}

function OneCard({ id }: { id: string }) {
  const texts = useCardsTexts();
  const query = useQuery(cardQuery(id));
  const card = query.data;
  const status = problemOf(query.error)?.status;
  if (status === 404 || status === 400) return <ProblemScreen error={query.error} />;
  return (
    <Page
      title={card ? texts.type[card.type] : texts.title}
      width="reading"
      above={<BackLink to="/cards">{texts.back}</BackLink>}
    >
      <TestNotice />
      {query.isPending && <LoadingRows rows={2} height={200} />}
      {query.isError && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
      {card && (
        <>
          <CardFace card={card} />
          {card.status !== 'canceled' && <CardUse card={card} />}
          {card.status !== 'canceled' && <CardLimit card={card} />}
          {card.status !== 'canceled' && <TestPurchase card={card} />}
          <AuthorizationRows authorizations={card.authorizations} />
          {card.status !== 'canceled' && <EndCard card={card} />}
        </>
      )}
    </Page>
  );
}

function CardFace({ card }: { card: OpenedCard }) {
  const texts = useCardsTexts();
  const state = cardState(card);
  return (
    <section className="surface stack" data-state={state} aria-label={texts.type[card.type]}>
      <div className="card-face-line">
        <p className="card-face-digits">
          <span aria-hidden>•••• </span>
          <span className="ds-sr-only">{texts.endsWith('')}</span>
          {card.last4}
        </p>
        <StatusTag tone={cardTone[state]}>{texts.status[state]}</StatusTag>
      </div>
      <p>{texts.validThrough(expiryOf(card))}</p>
      <p className="quiet">{texts.test.noNumber}</p>
      {card.status === 'canceled' && (
        <p>
          {texts.canceledText} {card.cancellationReason && texts.canceledAs[card.cancellationReason]}
        </p>
      )}
    </section>
  );
}
