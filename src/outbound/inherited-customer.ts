import { AsyncLocalStorage } from 'node:async_hooks';

const customers = new AsyncLocalStorage<string>();

/**
 * Runs `work` and attributes every outbound call that it causes to the customer `customerId`, an opaque id, so that one
 * customer's failures are not taken for a bank's failure. Called where work for a customer begins. The id is compared
 * with others, and stands in log lines and recorded calls; it is never sent.
 */
export function onBehalfOf<Result>(customerId: string, work: () => Result): Result {
  return customers.run(customerId, work);
}

/** The customer for whom the current work is done; undefined when there is none. */
export function inheritedCustomer(): string | undefined {
  return customers.getStore();
}
