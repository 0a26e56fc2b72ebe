import { useOnline } from '#kit/api/online.ts';
import { useFormat } from '#kit/locale/format.ts';
import { useStreamState } from '../api/stream-state.ts';
import { useTexts } from '../texts/texts.ts';

export interface ReadState {
  /** When the payment was last read, in milliseconds. */
  updatedAt: number;
  /** Whether the last reading worked, and another one will follow. */
  isPolled: boolean;
}

/**
 * Whether the page updates by itself: over the stream of changes, or by asking again. After the stream was lost, asking
 * counts once it has worked.
 */
export function PaymentLive({ updatedAt, isPolled }: ReadState) {
  const { payments: texts } = useTexts();
  const format = useFormat();
  const stream = useStreamState();
  const online = useOnline();
  const isAsked = isPolled && (stream.kind !== 'lost' || updatedAt > stream.at);
  const isLive = online && (stream.kind === 'open' || isAsked);
  const read = format.dateTime(new Date(updatedAt).toISOString());
  return <p className="payment-live">{isLive ? texts.live : texts.notLive(read)}</p>;
}
