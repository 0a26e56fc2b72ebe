import { expect, test } from 'vitest';
import { contactHref } from '#customer/shell/contact-href.ts';
import { referenceOf } from '#customer/shell/problem-reference.ts';
import { ApiProblem, Offline, Unread, Unreachable } from '#kit/api/problem.ts';

const problem = { type: 'about:blank', status: 404, code: 'account_unknown', requestId: 'r-1', message: 'x' };
const reference = { code: 'account_unknown', requestId: 'r-1' };

test('a failure is quoted with the code and the request of the answer', () => {
  expect(referenceOf(new ApiProblem(problem as ApiProblem['problem'], 'nb'))).toEqual(reference);
});

test('a failure without an answer has a code of its own', () => {
  expect(referenceOf(new Unreachable('no answer'))).toEqual({ code: 'no_answer' });
  expect(referenceOf(new Unread('x', { isOffline: false, cause: 0 }))).toEqual({ code: 'no_answer' });
  expect(referenceOf(new TypeError('x'))).toEqual({ code: 'app_failed' });
});

test('a missing network is nothing to quote', () => {
  expect(referenceOf(new Offline('offline'))).toBeUndefined();
  expect(referenceOf(new Unread('x', { isOffline: true, cause: 0 }))).toBeUndefined();
});

test.each([
  ['https://drop.example/hjelp', 'https://drop.example/hjelp'],
  ['+47 22 00 00 00', 'tel:+4722000000'],
  ['hjelp@drop.example', 'mailto:hjelp@drop.example?subject=Drop%20account_unknown%20r-1'],
])('the contact %s is opened as %s, and a mail has the reference as its subject', (contact, href) => {
  expect(contactHref(contact, reference)).toBe(href);
});

test('a mail about nothing in particular has no subject', () => {
  expect(contactHref('hjelp@drop.example')).toBe('mailto:hjelp@drop.example');
});
