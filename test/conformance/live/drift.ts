import type { UnexpectedAnswer } from '#domain/unexpected-answer.ts';
import type { Outbound, RawResponse } from '#outbound/outbound.ts';
import type { RecordedFields } from '#outbound/recorded-fields.ts';
import { createAnswerWatch, typeNameOf, type AnswerWatch } from './answer-watch.ts';

/** One difference between a live answer and what the client's schemas know. Never holds a value of a customer. */
export interface Difference {
  operation: string;
  /** The path of the field; lists have no index. */
  path: string;
  kind: 'unknown field' | 'absent field' | 'unreadable field' | 'unknown word';
  /** The type of an example. A word itself where operators may see the field (`recorded.ts`). */
  example: string;
}

/** Collects the differences in the answers of one provider. */
export interface Drift {
  watch(outbound: Outbound): Outbound;
  onUnexpected(unexpected: UnexpectedAnswer): void;
  /** By operation and path, each once. */
  differences(): Difference[];
}

/**
 * @param documented paths of fields that the provider documents and Drop does not read, by the operation's name
 * without the provider's, and under `refusal` those of all refusals.
 */
export function createDrift(given: {
  documented: Readonly<Record<string, readonly string[]>>;
  recorded: RecordedFields;
}): Drift {
  const watches = new Map<string, AnswerWatch>();
  const unexpected: Difference[] = [];
  const watchOf = (name: string): AnswerWatch => {
    const watch = watches.get(name) ?? createAnswerWatch();
    watches.set(name, watch);
    return watch;
  };
  return {
    watch: (outbound) => ({
      async send(call) {
        const response = await outbound.send(call);
        return watchedResponse(
          response,
          watchOf(isSuccess(response) ? call.operation : refusalOf(call.operation)),
        );
      },
      get breakerState() {
        return outbound.breakerState;
      },
    }),
    onUnexpected({ operation, unreadable, words }) {
      for (const path of unreadable) {
        const kind = watchOf(operation).isAbsent(path) ? 'absent field' : 'unreadable field';
        unexpected.push({ operation, path, kind, example: '' });
      }
      const shown = given.recorded[operation]?.response ?? [];
      for (const { field: path, word } of words)
        unexpected.push({
          operation,
          path,
          kind: 'unknown word',
          example: exampleOf(word, shown.includes(path)),
        });
    },
    differences() {
      const unread = [...watches].flatMap(([operation, watch]) =>
        unknownFields(watch, given.documented[shortNameOf(operation)] ?? [], operation),
      );
      const all = [...unread, ...unexpected].map((each) => [JSON.stringify(each), each] as const);
      return [...new Map(all.toSorted(([one], [other]) => (one < other ? -1 : 1))).values()];
    },
  };
}

const isSuccess = ({ status }: RawResponse): boolean => status >= 200 && status < 300;
const refusalOf = (operation: string): string => operation.replace(/\..*/, '.refusal');
const shortNameOf = (operation: string): string => operation.slice(operation.indexOf('.') + 1);

function unknownFields(watch: AnswerWatch, documented: readonly string[], operation: string): Difference[] {
  const unknown = watch.unread().filter(({ path }) => !documented.includes(path));
  return unknown.map(({ path, example }) => ({ operation, path, kind: 'unknown field', example }));
}

function watchedResponse(response: RawResponse, watch: AnswerWatch): RawResponse {
  const { status, headers, body } = response;
  return { status, headers, body, text: () => response.text(), json: () => watch.watch(response.json()) };
}

function exampleOf(word: unknown, isShown: boolean): string {
  return isShown && typeof word === 'string' && /^\w{1,40}$/.test(word) ? word : typeNameOf(word);
}
