import { describe, expect, test } from 'vitest';
import { Secret } from '#domain/secret.ts';
import { isWebhookDigest, signRequest, webhookDigest } from './signature.ts';

/** The key of Sumsub's own sample code; it belongs to no account. */
const sampleKey = new Secret('Hej2ch71kG2kTd1iIUDZFNsO5C1lh5Gq');
const sdkPath = '/resources/accessTokens/sdk';

/*
 * No vector was computed by this code. Vectors without another source were computed by Python's hmac and confirmed with
 * OpenSSL:
 *
 *   printf '%s' '1700000000GET/resources/…' | openssl dgst -sha256 -hmac '<key>' python3 -c "import hmac;
 *   print(hmac.new(b'<key>', '1700000000GET/…'.encode(), 'sha256').hexdigest())"
 */
describe('request signatures', () => {
  test('a body under a path without a query (vector of the go-sumsub client)', () => {
    const body = '{"userId":"1000","levelName":"default","ttl":60}';
    const parts = {
      timestampSeconds: 1712760187,
      method: 'POST',
      pathAndQuery: '/resources/accessTokens',
      body,
    };
    expect(signRequest(parts, new Secret('api_secret'))).toBe(
      '260c8893fb0317e8a714ce3bce9c16821649f1e27a49bd7d926fcf23942628c0',
    );
  });

  test('a query and no body (string of the documentation)', () => {
    const pathAndQuery =
      '/resources/accessTokens?userId=cfd20712-24a2-4c7d-9ab0-146f3c142335&levelName=basic-kyc-level&ttlInSecs=600';
    const parts = { timestampSeconds: 1607551635, method: 'post', pathAndQuery, body: '' };
    expect(signRequest(parts, sampleKey)).toBe(
      '1e1856be1c1e1ff113e5664acac6b423ffefe04ad42ff36567622ef56f62c4b1',
    );
  });

  test.each([
    [
      'POST',
      '/resources/applicants?levelName=basic-kyc-level',
      '{"externalUserId":"user-1","email":"ola@example.no"}',
      '47fc0d68074582da6a05048e6b242ad56050c51e027708b6d888dfa339fae736',
    ],
    [
      'POST',
      sdkPath,
      '{"userId":"user-1","levelName":"basic-kyc-level","ttlInSecs":1800}',
      'b83e7675567aa0933416ab51f874f732e117b60f344bcfc0e3ea1fa9b1c7513c',
    ],
    [
      'GET',
      '/resources/applicants/-;externalUserId=user-1/one',
      '',
      '61a8c79e6bd7d369072d25e3c777bbd37b521cd1b67c9b042cf52f5707514a06',
    ],
    [
      'POST',
      '/resources/applicants?levelName=basic-kyc-level',
      '{"externalUserId":"bruker-ø"}',
      '591f71ddb322c1acf98e9644154c85ff5253a53de1b1fdc948eb92ac5636476c',
    ],
    [
      'GET',
      '/resources/applicants/-/byExternalUserId/%C3%B8%7C%40%2B%3B%3D%26',
      '',
      'afa795fbc2136ed4413160e6892a6192d359c00f085060b74e702eb976e247b1',
    ],
  ])('%s %s with body %s', (method, pathAndQuery, body, signature) => {
    const parts = { timestampSeconds: 1700000000, method, pathAndQuery, body };
    expect(signRequest(parts, sampleKey)).toBe(signature);
  });
});

describe('webhook digests', () => {
  /** The payload and key of the example in Sumsub's documentation. */
  const key = new Secret('SoMe_SeCrEt_KeY');
  const payload = new TextEncoder().encode('someText');

  test.each([
    ['HMAC_SHA1_HEX', 'f6e92ffe371718694d46e28436f76589312df8db'],
    ['HMAC_SHA256_HEX', '7f3beedce7529616a9d6bba59dc1b054a7247cef67f6acff2600864399f47fe0'],
    [
      'HMAC_SHA512_HEX',
      '3aae08986027051ca0656d87c4c95f1f15d3ecaf23cf239e5a43fd03a8af2822' +
        '3a06be1f97624caefd55475c84673773dc10e895a1ab885a3548c58bd7af9ebf',
    ],
  ] as const)('%s', (algorithm, digest) => {
    expect(webhookDigest(payload, algorithm, key)).toBe(digest);
    expect(isWebhookDigest(digest, payload, { algorithm, secrets: [key] })).toBe(true);
    expect(isWebhookDigest(digest, payload, { algorithm, secrets: [sampleKey] })).toBe(false);
  });

  const event =
    '{"applicantId":"5c9e177b0a975a6eeccf5960","type":"applicantReviewed","reviewStatus":"completed",' +
    '"levelName":"nivå-ø","createdAtMs":"2026-02-23 14:30:00.123"}';

  test.each([
    ['HMAC_SHA1_HEX', 'b8d90ab17e9383414b28d38a2ce17faef8ef9aa0'],
    ['HMAC_SHA256_HEX', 'bf5e131650594cee61389016cbbbc8514491590d46e6388ca90ba030de622f7a'],
    [
      'HMAC_SHA512_HEX',
      '003b69d3e8c0a57752cde7fd319d18ae42d675f6ed6e2df2d864b3cc26eb898f' +
        'f47a6ec754926272a2e0342fea9f7e9cee89c879cc245681983a46e08a5d25c0',
    ],
  ] as const)('%s of a whole event with letters beyond ASCII', (algorithm, digest) => {
    const rawBody = new TextEncoder().encode(event);
    expect(webhookDigest(rawBody, algorithm, key)).toBe(digest);
  });
});
