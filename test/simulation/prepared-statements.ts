import { sync, type Batch } from './wire-messages.ts';

type Run = (bytes: Uint8Array) => Uint8Array;

/**
 * Statements that the engine has planned, by their text: planning takes longer than what they do in a run. All
 * connections share one session, and so two of them may give one name to a statement each.
 */
export class PreparedStatements {
  readonly #run: Run;
  readonly #names = new Map<string, string>();
  #hasFailed = false;

  constructor(run: Run) {
    this.#run = run;
  }

  /** The answer to a batch, without the word that it was parsed, so that the driver says each time what it means. */
  run(batch: Batch): Uint8Array {
    const answer = this.#answerTo(batch);
    // A transaction in which a statement has failed refuses to plan another one.
    this.#hasFailed = answer.at(-1) === 'E'.charCodeAt(0);
    return answer;
  }

  #answerTo(batch: Batch): Uint8Array {
    const [parse, bind, ...others] = batch.messages;
    const isKnown = this.#names.has(batch.text);
    if (!isOf(parse, 'P') || !isOf(bind, 'B') || (this.#hasFailed && !isKnown)) return this.#run(batch.bytes);
    const name = this.#names.get(batch.text) ?? `statement${this.#names.size}`;
    if (!isKnown) {
      const answer = this.#run(Buffer.concat([named(parse, name, nameInParse), sync]));
      if (answer[0] !== '1'.charCodeAt(0)) return answer;
      this.#names.set(batch.text, name);
    }
    return this.#run(Buffer.concat([named(bind, name, nameInBind), ...others]));
  }
}

function isOf(message: Buffer | undefined, type: string): message is Buffer {
  return message?.[0] === type.charCodeAt(0);
}

/** A statement's name follows the head of a Parse, and in a Bind the name of the portal, which is empty. */
const nameInParse = 5;
const nameInBind = 6;

/** The message with another name of the statement. */
function named(message: Buffer, name: string, at: number): Buffer {
  const after = message.subarray(message.indexOf(0, at));
  const whole = Buffer.concat([message.subarray(0, at), Buffer.from(name), after]);
  whole.writeInt32BE(whole.length - 1, 1);
  return whole;
}
