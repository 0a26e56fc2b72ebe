import { parse } from 'node-html-parser';
import type { Visited } from '#cli/visitor.ts';
import { problemSchema, type Problem } from '#http/contract/problem.ts';

/** What a customer got for what they tried. */
export interface Answer {
  ok: boolean;
  /** The HTTP status, and the code of the problem where there is one. */
  result: string;
  /** The text that the customer reads, where something failed. */
  text: string;
}

/** What the customer got from `visit`: also a page that says why it does not show what was asked for. */
export async function answerOf(visit: () => Promise<Visited>): Promise<Answer> {
  try {
    const { status, body } = await visit();
    const problem = problemOf(body);
    const result = problem === undefined ? `${status}` : `${problem.status} ${problem.code}`;
    return { ok: status < 400 && problem === undefined, result, text: problem?.message ?? '' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, result: 'no answer', text: reason };
  }
}

/** The problem in an answer of the API, or in a page. */
function problemOf(body: string): Problem | undefined {
  const text = body.trimStart().startsWith('<')
    ? parse(body).querySelector('#drop-problem')?.textContent
    : body;
  try {
    return problemSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
