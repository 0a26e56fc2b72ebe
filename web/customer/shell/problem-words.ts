import type { Locale } from '#domain/locale.ts';
import { ApiProblem } from '#kit/api/problem.ts';
import type { Texts } from '../texts/nb.ts';
import { isKnownCode, kindOfError, type ProblemKind } from './problem-kinds.ts';

/** Kinds that cover many codes, so that the words for the code are more precise than the kind's. */
const general = new Set<ProblemKind>(['failed', 'paymentRefused', 'notFound']);

/** The heading and the text of an alert about a failure, in the app's own words, so that they follow the language. */
export function problemWords(
  error: unknown,
  { kinds, messages, retryAfter }: Texts['problems'],
  locale: Locale,
): { title: string; text: string } {
  const kind = kindOfError(error);
  const { title, explanation, next } = kinds[kind];
  const answer = error instanceof ApiProblem ? error : undefined;
  const message = answer && general.has(kind) ? messageOf(answer, messages, locale) : undefined;
  const seconds = answer?.problem.retryAfterSeconds;
  const wait = seconds === undefined ? '' : ` ${retryAfter(seconds)}`;
  return { title, text: `${message ?? `${explanation} ${next}`}${wait}` };
}

/**
 * A code that this page does not know yet has the server's message, while the screen is still in the language in which
 * the server answered.
 */
function messageOf(
  { problem, locale: answered }: ApiProblem,
  messages: Partial<Record<string, string>>,
  locale: Locale,
): string | undefined {
  if (isKnownCode(problem.code)) return messages[problem.code];
  return answered === locale ? problem.message : undefined;
}
