import { shownAuthorizationsMax } from '#domain/cards/limits.ts';
import type { CardAuthorization } from '#http/contract/cards.ts';
import { useFormat } from '#kit/locale/format.ts';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { useCardsTexts } from '../texts/cards-texts.ts';

/** The newest purchases with a card, and why each was approved or declined. */
export function AuthorizationRows({ authorizations }: { authorizations: CardAuthorization[] }) {
  const { authorizations: texts } = useCardsTexts();
  return (
    <section className="group" aria-labelledby="card-authorizations">
      <h2 id="card-authorizations">{texts.title}</h2>
      {authorizations.length === 0 && <p className="quiet">{texts.none}</p>}
      {authorizations.length >= shownAuthorizationsMax && (
        <p className="quiet">{texts.newest(shownAuthorizationsMax)}</p>
      )}
      <ul role="list" className="surface rows">
        {authorizations.map((authorization) => (
          <AuthorizationRow key={authorization.id} {...authorization} />
        ))}
      </ul>
    </section>
  );
}

function AuthorizationRow({
  approved,
  reason,
  amount,
  currency,
  merchantName,
  createdAt,
}: CardAuthorization) {
  const { authorizations: texts } = useCardsTexts();
  const format = useFormat();
  return (
    <li className="row" data-wraps>
      <span className="row-words">
        <span className="row-name">
          {merchantName}, {format.money({ amount, currency })}
        </span>
        <span className="row-text">{format.dateTime(createdAt)}</span>
        <span className="row-text">{texts.reason[reason]}</span>
      </span>
      <StatusTag tone={approved ? 'success' : 'warning'}>
        {approved ? texts.approved : texts.declined}
      </StatusTag>
    </li>
  );
}
