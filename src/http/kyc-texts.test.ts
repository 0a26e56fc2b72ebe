import { expect, test } from 'vitest';
import type { KycVerdict } from '#domain/kyc/verdict.ts';
import { kycReasons } from './kyc-texts.ts';

function verdict(labels: string[], customerComment?: string): KycVerdict {
  return { status: 'rejected', canRetry: true, labels, customerComment };
}

test('each label has a text in both languages, and labels with the same meaning give it once', () => {
  const reasons = kycReasons(verdict(['LOW_QUALITY', 'DOCUMENT_DAMAGED']), 'nb');
  expect(reasons).toHaveLength(1);
  expect(kycReasons(verdict(['LOW_QUALITY']), 'en')).not.toEqual(reasons);
});

test("the reviewer's comment is shown only where Drop has no text of its own", () => {
  expect(kycReasons(verdict(['SOMETHING_NEW'], 'Call us.'), 'nb')).toEqual(['Call us.']);
  expect(kycReasons(verdict(['LOW_QUALITY'], 'Call us.'), 'nb')).not.toContain('Call us.');
  expect(kycReasons(verdict(['SOMETHING_NEW']), 'nb')).toEqual([]);
});

test.each(['SANCTIONS', 'PEP', 'CRIMINAL', 'FORGERY', 'BLOCKLIST', 'ADVERSE_MEDIA', 'SELFIE_MISMATCH'])(
  '%s gives no reasons, even beside a label that has a text',
  (label) => {
    expect(kycReasons(verdict(['LOW_QUALITY', label], 'You are on a list.'), 'en')).toEqual([]);
  },
);

test('a final refusal gives no advice, since nothing can be tried', () => {
  const refused = { ...verdict(['LOW_QUALITY'], 'Take a better photo.'), canRetry: false };
  expect(kycReasons(refused, 'nb')).toEqual([]);
});

test.each(['FRAUDULENT_SOMETHING_NEW', 'SANCTIONS_REGIONAL', 'WATCHLIST_MATCH', 'PEP_RELATIVE', 'Sanctions'])(
  '%s, which Drop does not know, gives no reasons either',
  (label) => {
    expect(kycReasons(verdict([label], 'You are on a list.'), 'nb')).toEqual([]);
  },
);
