import { durationText, guardedAlerts, guardedMetrics, guardedTexts } from '#services/guarded-texts.ts';
import type { Integration } from '#services/integration.ts';
import { failuresBeforeOpening } from './s3-bucket.ts';
import { addressSeconds } from './service.ts';

export const integration: Integration = {
  status: 'production',
  purpose: 'Keeps the copies of customers’ data, and the signed root of each day of the audit trail.',
  criticality: 'low',
  calls: {
    by: 'package',
    why: 'The SDK of AWS signs the calls and the addresses. Its requests go through the guarded call.',
  },
  authentication:
    'SigV4, with the key that is configured or with the role of the machine. Customers use an address that ' +
    `holds for ${durationText(addressSeconds * 1_000)}.`,
  retries: guardedTexts.retries,
  breaker: `It opens after ${failuresBeforeOpening} failures in a row, since each is one of many files.`,
  fallback: 'A second bucket, of S3 or of a service that speaks the same. Without it, a copy is made later.',
  rateLimits: '3,500 writes and 5,500 readings a second below one prefix, far above what Drop needs.',
  leaving: 'Low: several services speak the protocol of S3, and a directory has the same contract.',
  alerts: [...guardedAlerts, 'closing_stalled'],
  metrics: guardedMetrics,
  dashboard: '`npx drop calls list --provider s3`',
};
