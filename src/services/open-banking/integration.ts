import { unattendedReadsMax, unattendedReadsMs } from '#domain/banking/unattended-reads.ts';
import { durationText, guardedAlerts, guardedMetrics, guardedTexts } from '#services/guarded-texts.ts';
import type { Integration } from '#services/integration.ts';

/** What a provider says of itself; the rest is the same at every provider. */
export interface ProviderFacts {
  /** Why Drop calls it directly, or what it is called with. */
  calls: Integration['calls'];
  authentication: string;
  /** Its own limits, beside those that all have. */
  rateLimits: string;
  leaving: string;
  /** The longest time that a call may take, in milliseconds. */
  callMsMax: number;
  /** How long a payment without an answer is not taken for absent, in milliseconds. */
  quarantineMs: number;
  dashboard: string;
}

/** The facts of a provider of account information and payments. */
export function providerIntegration(facts: ProviderFacts): Integration {
  const { callMsMax, quarantineMs, rateLimits, leaving, ...own } = facts;
  return {
    status: 'candidate',
    purpose: "Reads the balance of a customer's account and initiates payments from it.",
    criticality: 'critical',
    ...own,
    retries:
      `${guardedTexts.retries} The order of a payment is sent once: after an answer that was lost, Drop reads, ` +
      `and takes the payment for absent after ${durationText(quarantineMs)} at the earliest. A call ends after ` +
      `${durationText(callMsMax)}.`,
    breaker: `${guardedTexts.breaker} Each bank has a breaker of its own.`,
    fallback:
      'Payments fail clearly, before anything was sent, and balances show their age; payments that were sent are ' +
      'asked about until their end. Only reading accounts: *high*. New consents can be routed to another provider.',
    rateLimits:
      `${rateLimits} ${unattendedReadsMax} readings of an account in ${durationText(unattendedReadsMs)} without ` +
      `its holder. ${guardedTexts.limits} ${guardedTexts.bankLimits}`,
    leaving: `${leaving} [Move to another provider](migration.md) has the steps.`,
    alerts: [
      ...guardedAlerts,
      'bank_not_called',
      'payment_outcome_unknown',
      'closing_stalled',
      'payment_overdue',
      'webhooks_refused',
      'webhook_given_up',
      'another_order',
      'final_status_contradicted',
      'redirect_not_allowed',
      'routing_stopped',
      'certificate_expires',
      'certificate_ends',
    ],
    metrics: [
      ...guardedMetrics,
      'drop_unresolved_payments',
      'drop_oldest_unresolved_payment_seconds',
      'drop_webhook_refusals_total',
      'drop_provider_odd_items_total',
    ],
  };
}
