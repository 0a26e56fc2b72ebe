import type { UseCaseContext } from '../context.ts';

/** What operators are told when somebody is recognised in an unusual way, or is not. Nobody waits for the alert. */

/** Somebody is to look at the two users before the person can get in. */
export function alertConflict(context: UseCaseContext, reason: string): void {
  context.log('error', 'BankID contradicts what Drop knows of a person', { reason });
  void context.services.alerts.sendAlert({
    severity: 'critical',
    title: 'BankID contradicts what Drop knows of a person',
    message: `Nobody was let in: ${reason}. See the log.`,
  });
}

/** All is well, but those who keep an eye on identities want to know. */
export function alertNewNumber(context: UseCaseContext, userId: string): void {
  context.log('warn', 'a person came back under another national identity number', { userId });
  void context.services.alerts.sendAlert({
    severity: 'warning',
    title: 'A person came back under another national identity number',
    message: `User ${userId} is the same person by BankID’s own name for them.`,
  });
}

/** Whoever comes back to another issuer than before is not recognised: the key is missed. */
export function alertUnknownKey(
  context: UseCaseContext,
  { userId, keyId }: { userId: string; keyId: string },
): void {
  context.log('warn', 'a national identity number was hashed under a key that is not configured', {
    userId,
    keyId,
  });
  void context.services.alerts.sendAlert({
    severity: 'warning',
    title: 'A hash key of national identity numbers is not configured',
    message: `People are still hashed under the key "${keyId}". Name it in NATIONAL_ID_HASH_FORMER_KEYS.`,
  });
}
