import { DropError } from '#domain/errors.ts';
import { onBehalfOf } from '#outbound/inherited-customer.ts';
import { inheritedEndMs } from '#outbound/inherited-deadline.ts';
import type { ConsentReading } from '#services/open-banking/service.ts';
import { takeConsentsToRead, type BankConnection } from '#store/bank-connections.ts';
import type { UseCaseContext } from '../context.ts';
import { accountInformation } from './account-information.ts';
import { consentKeyOf } from './consent-key.ts';
import { isEndedAtProvider, noteConsentEnd, reportedEnd } from './consent-end.ts';

/** A customer can revoke a consent at the bank, which does not report it: each consent is read once a day. */
const readEveryMs = 86_400_000;
const consentsMax = 200;
/** Longer than a call to a provider, all its attempts included. */
const readingMsMax = 30_000;
/** Few at once, so that customers who wait have the places at the provider. */
const atOnceMax = 4;

/**
 * Reads active consents at their providers, and notes those that have ended there. Stops when its time is over: the
 * next run goes on with the consents that are left.
 */
export async function reconcileConsents(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  const at = context.clock.now();
  await Promise.all(Array.from({ length: atOnceMax }, () => readEach(context, at, signal)));
}

/** A consent counts as read once it is taken, so each is taken when there is time to read it. */
async function readEach(context: UseCaseContext, at: Date, signal: AbortSignal | undefined): Promise<void> {
  const readBefore = new Date(at.getTime() - readEveryMs);
  const endMs = inheritedEndMs() ?? Infinity;
  for (let taken = 0; taken < consentsMax / atOnceMax; taken += 1) {
    signal?.throwIfAborted();
    if (context.clock.now().getTime() >= endMs) return;
    const [due] = await takeConsentsToRead(context.store.database, { at, readBefore, limit: 1 });
    if (due === undefined) return;
    await inTime(context, readOne(context, due)).catch((error: unknown) => {
      context.log('warn', 'a consent could not be read', { connectionId: due.id, error });
    });
  }
}

/** A reading that hangs must not hold up the consents of other providers. */
async function inTime({ clock }: UseCaseContext, reading: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = clock.schedule(readingMsMax, () =>
    reject(new DropError('provider_timeout', { message: 'the reading hangs', outcome: 'unknown' })),
  );
  await Promise.race([reading, late]).finally(() => timer.cancel());
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
