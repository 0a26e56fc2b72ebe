import type { Dispatcher } from 'undici';
import { DropError } from '#domain/errors.ts';
import { isCallError, type CallError } from '#outbound/call-error.ts';
import type { ClientTls } from '#outbound/client-tls.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { createGuardedOutbound, type GuardedOutbound, type OutboundOptions } from '#outbound/outbound.ts';

/** The guarded call as Drop makes it: under Drop's name, and with errors of Drop's class. */
export function createOutbound(options: Omit<OutboundOptions, 'toError' | 'userAgent'>): GuardedOutbound {
  return createGuardedOutbound({ ...options, userAgent: 'drop', toError: toDropError });
}

/**
 * Connections on which Drop shows a certificate.
 *
 * @throws {DropError} `configuration_invalid` when `tls` cannot be used.
 */
export function createTlsDispatcher(tls: ClientTls): Dispatcher {
  try {
    return createDispatcher(tls);
  } catch (error) {
    throw isCallError(error) ? toDropError(error) : error;
  }
}

/** Drop names as the scope of a call the bank that it is about. */
function toDropError({ code, message, cause, details: { scope, ...details } }: CallError): DropError {
  return new DropError(code, { message, cause, ...details, ...(scope !== undefined && { bank: scope }) });
}
