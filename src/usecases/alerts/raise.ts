import { redactText } from '#domain/redaction.ts';
import type { OpenTransaction } from '#store/database.ts';
import { addEntries, type NewEntry } from '#store/outbox/entries.ts';
import type { UseCaseContext } from '../context.ts';
import { answeredWithin } from './answered-within.ts';
import type { AlertKey, AlertParameters } from './kinds.ts';
import { alertOf } from './text.ts';

/** Everything that an alert needs. */
export interface AlertContext extends Pick<UseCaseContext, 'clock' | 'entropy' | 'log'> {
  store: Pick<UseCaseContext['store'], 'database'>;
  services: Pick<UseCaseContext['services'], 'alerts'>;
  /** The beginning of the addresses of the runbook's pages; their path in the repository unless given. */
  runbookUrl?: string | undefined;
}

/** The recipient of alerts in the outbox. */
const operators = 'operators';
const answerMsMax = 2_000;

/**
 * The only way to send an alert: it is written to the outbox, from where any process delivers it.
 *
 * With `transaction` it is written there, so that it is sent if and only if that commits; it then rejects as the
 * transaction does. Without, it is written by itself and never rejects: if the database does not answer within 2 s, the
 * alert is sent from memory, and may be sent a second time when the late statement was done after all.
 */
export async function raise<Key extends AlertKey>(
  context: AlertContext,
  key: Key,
  parameters: AlertParameters<Key>,
  transaction?: OpenTransaction,
): Promise<void> {
  const entry = entryOf(context, key, parameters);
  if (transaction) return void (await addEntries(transaction, [entry]));
  const { clock, log, store } = context;
  try {
    await answeredWithin(clock, answerMsMax, addEntries(store.database, [entry]));
  } catch (error) {
    log('warn', 'an alert could not be stored, and is sent from memory', { code: key, error });
    sendFromMemory(context, key, parameters);
  }
}

/** Sends an alert without the database, in the background. */
export function sendFromMemory<Key extends AlertKey>(
  { services, runbookUrl }: Pick<AlertContext, 'services' | 'runbookUrl'>,
  key: Key,
  parameters: AlertParameters<Key>,
): void {
  void services.alerts.sendAlert(alertOf(key, parameters, runbookUrl));
}

function entryOf({ clock, entropy }: AlertContext, key: AlertKey, parameters: object): NewEntry {
  return {
    id: entropy.uuid(),
    channel: 'alert',
    recipient: operators,
    code: key,
    parameters: redacted(parameters) as object,
    at: clock.now(),
  };
}

/** Longer texts are cut: what an alert shows is shorter. */
const textLengthMax = 3_000;

/**
 * The parameters without secrets and personal data, which are not stored even where they are not shown, and without
 * what PostgreSQL cannot store: an alert must not break the transaction that causes it.
 */
function redacted(value: unknown): unknown {
  if (typeof value === 'string')
    return redactText(value.slice(0, textLengthMax).toWellFormed().replaceAll('\0', ''));
  if (Array.isArray(value)) return value.map(redacted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, redacted(item)]));
}
