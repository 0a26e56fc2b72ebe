import type { Locale } from '#domain/locale.ts';
import { ApiProblem } from '#kit/api/problem.ts';
import type { Texts } from '../texts/nb.ts';
import { kindOfError, type ProblemKind } from './problem-kinds.ts';

/** Kinds that cover many codes, so that the server's message is more precise than the kind's text. */
const general = new Set<ProblemKind>(['failed', 'paymentRefused', 'notFound']);

/**
 * The heading and the text of an alert about a failure. The server's message counts only while the screen is still in
 * the language in which the server answered.
 */
export function problemWords(
  error: unknown,
  { kinds, retryAfter }: Texts['problems'],
  locale: Locale,
): { title: string; text: string } {
  const kind = kindOfError(error);
  const { title, explanation, next } = kinds[kind];
  const answer = error instanceof ApiProblem ? error : undefined;
  const message = answer?.locale === locale && general.has(kind) ? answer.problem.message : undefined;
  const seconds = answer?.problem.retryAfterSeconds;
  const wait = seconds === undefined ? '' : ` ${retryAfter(seconds)}`;
  return { title, text: `${message ?? `${explanation} ${next}`}${wait}` };
}
