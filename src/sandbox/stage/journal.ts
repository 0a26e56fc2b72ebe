import type { Traffic } from '../observed.ts';

const entriesMax = 100;

export interface JournalEntry extends Traffic {
  /** Rises with each entry. */
  number: number;
}

/** The latest traffic of the emulators, in memory. */
export class Journal {
  #entries: JournalEntry[] = [];
  #number = 0;

  readonly add = (traffic: Traffic): void => {
    this.#number += 1;
    this.#entries = [...this.#entries, { ...traffic, number: this.#number }].slice(-entriesMax);
  };

  list(): readonly JournalEntry[] {
    return this.#entries;
  }
}
