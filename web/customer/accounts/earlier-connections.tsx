import type { Connection } from '#http/contract/banks.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useTexts } from '../texts/texts.ts';

/** The consents that have ended, folded away. */
export function EarlierConnections({ connections }: { connections: Connection[] }) {
  const texts = useTexts().accounts;
  const format = useFormat();
  return (
    <details className="earlier">
      <summary>
        {texts.earlier} ({connections.length})
      </summary>
      <ul role="list">
        {connections.map((connection) => (
          <li key={connection.id}>
            <span className="earlier-bank">{connection.bankName}</span>
            <span>
              {texts.given} {format.date(connection.createdAt)} · {texts.status[connection.status]}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
