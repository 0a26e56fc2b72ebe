import { expect, test } from 'vitest';
import type { KycVerdict } from '#domain/kyc/verdict.ts';
import { kycReasons } from './kyc-texts.ts';

function verdict(labels: string[], customerComment?: string): KycVerdict {
  return { status: 'rejected', canRetry: true, labels, customerComment };
}

test('a label has words in both languages, and two labels of one meaning have them once', () => {
  const reasons = kycReasons(verdict(['LOW_QUALITY', 'DOCUMENT_DAMAGED']), 'nb');
  expect(reasons).toHaveLength(1);
  expect(kycReasons(verdict(['LOW_QUALITY']), 'en')).not.toEqual(reasons);
});

test('the comment of the one who reviewed is told only where Drop has no words', () => {
  expect(kycReasons(verdict(['SOMETHING_NEW'], 'Call us.'), 'nb')).toEqual(['Call us.']);
  expect(kycReasons(verdict(['LOW_QUALITY'], 'Call us.'), 'nb')).not.toContain('Call us.');
  expect(kycReasons(verdict(['SOMETHING_NEW']), 'nb')).toEqual([]);
});

test.each(['SANCTIONS', 'PEP', 'CRIMINAL', 'FORGERY', 'BLOCKLIST', 'ADVERSE_MEDIA', 'SELFIE_MISMATCH'])(
  'with %s nothing is told, whatever else there is to tell',
  (label) => {
    expect(kycReasons(verdict(['LOW_QUALITY', label], 'You are on a list.'), 'en')).toEqual([]);
  },
);

test('after a refusal for good nothing is advised, since nothing can be tried', () => {
  const refused = { ...verdict(['LOW_QUALITY'], 'Take a better photo.'), canRetry: false };
  expect(kycReasons(refused, 'nb')).toEqual([]);
});

test.each(['FRAUDULENT_SOMETHING_NEW', 'SANCTIONS_REGIONAL', 'WATCHLIST_MATCH', 'PEP_RELATIVE', 'Sanctions'])(
  '%s, which Drop does not know, is told as little as its kin',
  (label) => {
    expect(kycReasons(verdict([label], 'You are on a list.'), 'nb')).toEqual([]);
  },
);
