import { expect, test } from 'vitest';
import { z } from 'zod';
import { wayOf } from './approval.ts';
import { fixture } from './fixture.ts';
import { startedConsentSchema, startedPaymentSchema } from './wire.ts';

const examples = z.record(z.string(), z.unknown()).parse(fixture('documented-examples'));
const approach = undefined;
const consent = (name: string) => ({ ...startedConsentSchema.parse(examples[name]), approach });
const payment = (name: string) => ({ ...startedPaymentSchema.parse(examples[name]), approach });

const link = '/psd2/v1/consents/1234-wertiq-983/authorisations';

test.each([
  [
    '1a',
    'consentResponseExample1a_Redirect',
    redirect('https://www.testbank.com/authentication/1234-wertiq-983'),
  ],
  ['1b', 'consentResponseExample1b_Redirect', { kind: 'start', link }],
  ['2', 'consentResponseExample2_OAuth2', { kind: 'refused', name: 'OAuth' }],
  ['3', 'consentResponseExample3_Decoupled', { kind: 'start', link }],
  ['4', 'consentResponseExample4_Embedded', { kind: 'refused', name: 'embedded' }],
])('the documented answer %s to a consent', (_number, name, way) => {
  expect(wayOf(consent(name))).toEqual(way);
});

test.each([
  [
    'decoupled',
    'paymentInitiationExample_json_Decoupled',
    { kind: 'start', link: '/v1/payments/1234-wertiq-983/authorisations' },
  ],
  ['embedded', 'paymentInitiationExample_json_Embedded', { kind: 'refused', name: 'embedded' }],
])('the documented answer to a payment that is %s', (_way, name, way) => {
  expect(wayOf(payment(name))).toEqual(way);
});

test('the documented answer to a payment that is redirected', () => {
  const answer = payment('paymentInitiationExample_json_Redirect');
  expect(wayOf(answer)).toEqual(redirect(answer._links['scaRedirect']));
});

const nothing = { _links: {}, approach };

test.each([
  ['an approval in the app', { psuMessage: 'Kode 4711' }, 'Kode 4711'],
  ['an approval in the app, by the header alone', { approach: 'DECOUPLED' }, undefined],
])('%s is decoupled', (_case, answer, message) => {
  const next = { kind: 'decoupled', message, askAgainMs: 2_000 };
  expect(wayOf({ ...nothing, ...answer })).toEqual({ kind: 'step', next });
});

test.each([
  ['an exemption', { scaStatus: 'exempted' }],
  ['an exemption at a bank with an app', { scaStatus: 'exempted', approach: 'DECOUPLED' }],
  ['an answer that names no way', {}],
] as const)('%s leaves nothing to do', (_case, answer) => {
  expect(wayOf({ ...nothing, ...answer })).toEqual({ kind: 'step', next: { kind: 'none' } });
});

test('embedded approval is refused by the header alone', () => {
  expect(wayOf({ ...nothing, approach: 'EMBEDDED' })).toEqual({ kind: 'refused', name: 'embedded' });
});

function redirect(url: string | undefined): unknown {
  return { kind: 'step', next: { kind: 'redirect', url, expiresAt: undefined } };
}
