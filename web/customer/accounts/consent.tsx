import { Link } from '@tanstack/react-router';
import { isRenewable } from '#domain/banking/consent.ts';
import type { Connection } from '#http/contract/banks.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useNow } from '#kit/locale/now.ts';
import { StatusTag } from '#kit/parts/status-tag.tsx';
import { useTexts } from '../texts/texts.ts';
import { RevokeConsent } from '../consents/revoke-consent.tsx';

interface ConsentProps {
  connection: Connection;
  /**
   * `newest`: the card's status is about it. `beside`: an older one with accounts of its own. `replaced`: an older one
   * whose accounts are all read with a newer consent.
   */
  position: 'newest' | 'beside' | 'replaced';
  onRevoked: (bankName: string) => void;
}

/** A consent: what it covers, for how long, and how to renew or withdraw it. */
export function Consent({ connection, position, onRevoked }: ConsentProps) {
  const texts = useTexts().accounts;
  const format = useFormat();
  const now = useNow();
  const expired = connection.status === 'expired';
  const replaced = position === 'replaced';
  const soon = connection.validUntil !== null && isRenewable(new Date(connection.validUntil), new Date(now));
  const renewable = !replaced && (expired || soon);
  return (
    <div className="consent" data-testid="consent">
      {position !== 'newest' && (
        <div className="consent-head">
          <h3>{texts.olderConsent(format.dateTime(connection.createdAt))}</h3>
          {replaced && <StatusTag tone="neutral">{texts.replaced}</StatusTag>}
        </div>
      )}
      {replaced ? <p>{texts.replacedText}</p> : <ConsentFacts connection={connection} now={now} />}
      {expired && <p className="consent-warning">{texts.expiredText}</p>}
      {!expired && renewable && <p className="consent-warning">{texts.renewSoon}</p>}
      <div className="actions">
        {renewable && (
          <Link
            to="/banks"
            search={{ renew: connection.id }}
            className="ds-button"
            {...(expired ? {} : { 'data-variant': 'secondary' })}
          >
            {texts.renew}
          </Link>
        )}
        {!expired && (
          <RevokeConsent
            connection={connection}
            isOlder={position !== 'newest'}
            isReplaced={replaced}
            onRevoked={onRevoked}
          />
        )}
      </div>
    </div>
  );
}

function ConsentFacts({ connection, now }: { connection: Connection; now: number }) {
  const texts = useTexts().accounts;
  const format = useFormat();
  const { status, validUntil } = connection;
  const ended = validUntil !== null && Date.parse(validUntil) <= now;
  return (
    <dl className="facts">
      <dt>{texts.covers}</dt>
      <dd>{texts.covered}</dd>
      <dt>{texts.given}</dt>
      <dd>{format.date(connection.createdAt)}</dd>
      {status !== 'expired' && (
        <>
          <dt>{texts.validUntil}</dt>
          <dd>{validUntil ? format.date(validUntil) : texts.openEnded}</dd>
        </>
      )}
      {/* A consent can expire at the bank before its agreed date. That date is then not shown as the end. */}
      {status === 'expired' && ended && (
        <>
          <dt>{texts.expiredAt}</dt>
          <dd>{format.date(validUntil)}</dd>
        </>
      )}
    </dl>
  );
}
