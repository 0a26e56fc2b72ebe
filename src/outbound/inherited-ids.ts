import { AsyncLocalStorage } from 'node:async_hooks';
import { inheritedCustomer } from './inherited-customer.ts';

/** The ids of what work concerns. Each is random and names no person. */
export interface WorkIds {
  /** Of the HTTP request that the work answers, or whose webhook it handles. */
  requestId?: string | undefined;
  /** Of the customer. */
  userId?: string | undefined;
  paymentId?: string | undefined;
  /** Of the consent at a bank. */
  connectionId?: string | undefined;
  accountId?: string | undefined;
  cardId?: string | undefined;
  /** Of the saved recipient. */
  creditorId?: string | undefined;
  deviceId?: string | undefined;
}

const ids = new AsyncLocalStorage<WorkIds>();

/**
 * Runs `work` and marks every log line and every recorded call that it causes with `more`, beside the ids of the work
 * around it. Called where work begins, or where it comes to a payment.
 */
export function concerning<Result>(more: WorkIds, work: () => Result): Result {
  return ids.run({ ...ids.getStore(), ...more }, work);
}

/** Marks the rest of the current work with ids that are known only now, such as of the customer of a session. */
export function concerns(more: WorkIds): void {
  const current = ids.getStore();
  if (current !== undefined) Object.assign(current, more);
}

/** The ids of the current work. The customer on whose behalf a call is made comes before the one of the request. */
export function inheritedIds(): Readonly<WorkIds> {
  const customer = inheritedCustomer();
  const current = ids.getStore() ?? {};
  return customer === undefined ? current : { ...current, userId: customer };
}
