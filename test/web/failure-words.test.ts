import { describe, expect, test } from 'vitest';
import { errorTable, type ErrorCode } from '#domain/errors.ts';
import { bankOutcomes, signInOutcomes } from '#domain/outcomes.ts';
import { ApiProblem, Offline, Unreachable } from '#kit/api/problem.ts';
import { fieldFaultsOf } from '#customer/pay/field-faults.ts';
import { keyAfter, mayConfirm, sendFailureOf } from '#customer/pay/send-failure.ts';
import { banksSearch, signInSearch } from '#customer/search.ts';
import { actionOf, kindOfError } from '#customer/shell/problem-kinds.ts';
import { problemWords } from '#customer/shell/problem-words.ts';
import { enPay } from '#customer/texts/en-pay.ts';
import { en } from '#customer/texts/en.ts';
import { nbPay } from '#customer/texts/nb-pay.ts';
import { nb } from '#customer/texts/nb.ts';

const codes = Object.keys(errorTable) as ErrorCode[];
const languages = [
  { locale: 'nb', texts: nb },
  { locale: 'en', texts: en },
] as const;

/** The server's answer, in Norwegian. */
function answer(code: ErrorCode, more: object = {}): ApiProblem {
  const { status } = errorTable[code];
  const problem = { type: '', title: '', status, code, message: 'Serverens ord.', requestId: 'r-1', ...more };
  return new ApiProblem(problem, 'nb');
}

const failures: [string, Error][] = [
  ...codes.map((code): [string, Error] => [code, answer(code)]),
  ['no answer', new Unreachable('no answer')],
  ['no network', new Offline('no network')],
];

describe.each(failures)('the failure %s', (_name, error) => {
  test('has words and a way on at a page, in both languages', () => {
    for (const { texts } of languages) {
      const { title, explanation, next } = texts.problems.kinds[kindOfError(error)];
      expect([title, explanation, next].every((words) => words.length > 5)).toBe(true);
      expect(texts.problems.actions[actionOf(kindOfError(error))].length).toBeGreaterThan(3);
    }
  });

  test('has words in the review, and a button or a link that leads on', () => {
    for (const { locale, texts } of languages) {
      const { title, text } = problemWords(error, texts.problems, locale);
      expect(title.length).toBeGreaterThan(5);
      expect(text.length).toBeGreaterThan(5);
    }
    const kind = sendFailureOf(error);
    const leadsOn = kind === 'outcomeUnknown' || actionOf(kindOfError(error)) !== 'reload';
    expect(mayConfirm(kind) || leadsOn).toBe(true);
  });

  test('is not shown in Norwegian once English is chosen', () => {
    expect(problemWords(error, en.problems, 'en').text).not.toContain('Serverens ord');
    const { refused } = enPay;
    expect(JSON.stringify(fieldFaultsOf(error, { refused, locale: 'en' }))).not.toContain('Serverens ord');
  });
});

describe('a fault at a field', () => {
  const fields = [{ field: 'creditor.name', message: 'Serverens ord.' }];

  test('is in the words of the server while its language is shown, else in words of the form', () => {
    const error = answer('invalid_request', { fields });
    expect(fieldFaultsOf(error, { refused: nbPay.refused, locale: 'nb' })).toEqual({
      name: 'Serverens ord.',
    });
    expect(fieldFaultsOf(error, { refused: enPay.refused, locale: 'en' })).toEqual({
      name: enPay.refused.field,
    });
  });

  test('is the first of several at one field', () => {
    const two = [...fields, { field: 'creditor.name', message: 'Det andre.' }];
    const error = answer('invalid_request', { fields: two });
    expect(fieldFaultsOf(error, { refused: nbPay.refused, locale: 'nb' })).toEqual({
      name: 'Serverens ord.',
    });
  });

  test('is absent for a field that the form does not have', () => {
    const error = answer('invalid_request', { fields: [{ field: 'acceptsRepeat', message: 'x' }] });
    expect(fieldFaultsOf(error, { refused: nbPay.refused, locale: 'nb' })).toEqual({});
  });
});

describe('the idempotency key', () => {
  test.each(['no answer', 'no network'])('stays after %s', (name) => {
    expect(keyAfter(failures.find(([each]) => each === name)?.[1])).toBe('keep');
  });

  test.each<ErrorCode>([
    'payment_repeated',
    'payment_in_progress',
    'not_signed_in',
    'kyc_required',
    'rate_limited',
    'payment_outcome_unknown',
    'internal_error',
  ])('stays after %s, since a payment may exist under it', (code) => {
    expect(keyAfter(answer(code))).toBe('keep');
  });

  test.each<ErrorCode>(['payment_refused_by_bank', 'idempotency_key_reused', 'invalid_request'])(
    'is renewed after %s',
    (code) => {
      expect(keyAfter(answer(code))).toBe('renew');
    },
  );

  test.each<ErrorCode>(['bank_unavailable', 'bank_rate_limited'])(
    'stays after %s until the form changes',
    (code) => {
      expect(keyAfter(answer(code))).toBe('spent');
    },
  );
});

test('every outcome that the server puts into an address is read by the app', () => {
  for (const outcome of bankOutcomes) expect(banksSearch({ outcome }).outcome).toBe(outcome);
  for (const outcome of signInOutcomes) expect(signInSearch({ outcome }).outcome).toBe(outcome);
});
