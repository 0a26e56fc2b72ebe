import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { ConsentReading } from '#services/open-banking/service.ts';
import { takeConsentsToRead, type BankConnection } from '#store/bank-connections.ts';
import type { UseCaseContext } from '../context.ts';
import { accountInformation } from './account-information.ts';
import { consentKeyOf } from './consent-key.ts';
import { isEndedAtProvider, noteConsentEnd, reportedEnd } from './consent-end.ts';

/** A customer can revoke a consent at the bank, which does not report it: each consent is read once a day. */
const readEveryMs = 86_400_000;
const consentsMax = 200;
/** Few at once, so that customers who wait have the places at the provider. */
const atOnceMax = 4;

/** Reads active consents at their providers, and notes those that have ended there. */
export async function reconcileConsents(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  const at = context.clock.now();
  const readBefore = new Date(at.getTime() - readEveryMs);
  const due = await takeConsentsToRead(context.store.database, { at, readBefore, limit: consentsMax });
  const waiting = due.values();
  await Promise.all(Array.from({ length: atOnceMax }, () => readEach(context, waiting, signal)));
}

async function readEach(
  context: UseCaseContext,
  waiting: Iterable<BankConnection>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const connection of waiting) {
    signal?.throwIfAborted();
    await readOne(context, connection).catch((error: unknown) => {
      context.log('warn', 'a consent could not be read', { connectionId: connection.id, error });
    });
  }
}

async function readOne(context: UseCaseContext, connection: BankConnection): Promise<void> {
  const { id, userId, bankId, consentReference: reference } = connection;
  if (reference === undefined) return;
  const ais = accountInformation(context.services.openBanking.pinned(connection.provider));
  const consent = consentKeyOf(context, { connectionId: id, reference, bankId });
  const reading = await onBehalfOf(userId, () => ais.readConsent(consent)).catch(endedReading);
  if (reading.kind !== 'ended') return;
  const status = await noteConsentEnd(context, { id, userId }, reading.cause);
  context.log('info', 'a consent has ended at the bank', { connectionId: id, status });
}

/** Some providers answer with an error for a consent that has ended. */
function endedReading(error: unknown): ConsentReading {
  if (!isEndedAtProvider(error)) throw error;
  return { kind: 'ended', cause: reportedEnd(error)?.cause };
}
