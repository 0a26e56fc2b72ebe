import { onBehalfOf } from '#outbound/inherited-customer.ts';
import type { AccountInformation, ConsentKey } from '#services/open-banking/service.ts';
import { announceChange } from '#store/changes.ts';
import {
  forgetOverConsentsToEnd,
  noteEndAtProvider,
  takeConsentsToEnd,
  type ConsentToEnd,
} from '#store/consents-to-end.ts';
import type { UseCaseContext } from '../context.ts';
import { accountInformation } from './account-information.ts';
import { isEndedAtProvider } from './consent-end.ts';
import { consentKeyOf } from './consent-key.ts';

const againMinMs = 60_000;
const againMaxMs = 6 * 3_600_000;
/** A consent that was never granted has no end; after this time no page of a bank can grant it any more. */
const pendingMs = 86_400_000;
/** In one run; the next one follows within a minute. */
const consentsMax = 200;
/** Few at once, so that customers who wait have the places at the provider. */
const atOnceMax = 4;

/** Ends a consent at its provider. One that the provider says has ended is ended. */
export async function endAtProvider(ais: AccountInformation, consent: ConsentKey): Promise<void> {
  await ais.revokeConsent(consent).catch((error: unknown) => {
    if (!isEndedAtProvider(error)) throw error;
  });
}

/** Ends at their providers the consents that have ended in Drop. Each is tried until its time has passed. */
export async function endOwedConsents(context: UseCaseContext, signal?: AbortSignal): Promise<void> {
  const { store, clock, services } = context;
  await forgetOverConsentsToEnd(store.database, { at: clock.now(), pendingMs });
  const providers = services.openBanking.all().map(({ id }) => id);
  for (let taken = 0; taken < consentsMax; taken += atOnceMax) {
    signal?.throwIfAborted();
    const taking = { at: clock.now(), providers, limit: atOnceMax, againMinMs, againMaxMs };
    const due = await takeConsentsToEnd(store.database, taking);
    await Promise.all(due.map((consent) => endOwed(context, consent)));
    if (due.length < atOnceMax) return;
  }
}

/** Ends one of them. Never rejects: what fails stays owed. */
export async function endOwed(context: UseCaseContext, consent: ConsentToEnd): Promise<void> {
  const { id, userId, provider, bankId, reference } = consent;
  try {
    const ais = accountInformation(context.services.openBanking.pinned(provider));
    const key = consentKeyOf(context, { connectionId: id, reference, bankId });
    await onBehalfOf(userId, () => endAtProvider(ais, key));
    await context.store.database.transaction().execute(async (transaction) => {
      if (await noteEndAtProvider(transaction, id))
        await announceChange(transaction, { userId, kind: 'connection', id });
    });
  } catch (error) {
    context.log('warn', 'a consent could not be ended at its provider; it is tried again', {
      connectionId: id,
      error,
    });
  }
}
