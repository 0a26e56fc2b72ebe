import { AsyncLocalStorage } from 'node:async_hooks';

const customers = new AsyncLocalStorage<string>();

/**
 * Runs `work`, and lets every outbound call that it causes know that it is made for the customer `customerId`, Drop's
 * opaque id of a user: so that the trouble of one customer is not taken for that of a bank. Set where work for a
 * customer begins. The id is compared with others and neither sent, logged nor recorded.
 */
export function onBehalfOf<Result>(customerId: string, work: () => Result): Result {
  return customers.run(customerId, work);
}

/** The customer on whose behalf the work is done; undefined where it is done for no customer. */
export function inheritedCustomer(): string | undefined {
  return customers.getStore();
}
