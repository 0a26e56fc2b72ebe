import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import type { Engine, Found, Place } from './engine.ts';

export type Role = 'button' | 'link' | 'heading' | 'textbox' | 'radio' | 'text';

const patienceMs = 60_000;
const lookMs = 100;

async function inPage(file: string): Promise<string> {
  const source = await readFile(new URL(`../e2e/in-page/${file}`, import.meta.url), 'utf8');
  return stripTypeScriptTypes(source).trim().replace(/;$/, '');
}

const findByRole = await inPage('find-by-role.ts');
const screenFaults = await inPage('screen-faults.ts');

/** A customer in front of one browser, who waits for what they look for. */
export class Customer {
  readonly #engine: Engine;
  readonly #pathOf: (name: string) => string;
  /** What somebody with a small screen would stumble over, by screen. */
  readonly faults: string[] = [];

  constructor(engine: Engine, pathOf: (name: string) => string) {
    this.#engine = engine;
    this.#pathOf = pathOf;
  }

  open(url: string): Promise<void> {
    return this.#engine.open(url);
  }

  /** @throws {Error} when it does not come within a minute. */
  async see(role: Role, name: string, place: Place = 'page'): Promise<Found> {
    const expression = `((wanted) => (${findByRole}))(${JSON.stringify({ role, name })})`;
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookMs) {
      const found = await this.#engine.find(expression, place);
      if (found) return found;
      await pause(lookMs);
    }
    throw new Error(`the ${place} has no ${role} "${name}" after ${patienceMs / 1_000} s`);
  }

  async click(role: Role, name: string, place: Place = 'page'): Promise<void> {
    await (await this.see(role, name, place)).click();
  }

  /** For what moves while it is clicked, or is hidden behind its label. */
  async press(role: Role, name: string, place: Place = 'page'): Promise<void> {
    await (await this.see(role, name, place)).press('Space');
  }

  async fill(name: string, text: string): Promise<void> {
    await (await this.see('textbox', name)).fill(text);
  }

  /** Looks for faults and takes a picture. */
  async look(name: string): Promise<void> {
    const found = (await this.#engine.evaluate(screenFaults)) as string[];
    this.faults.push(...found.map((fault) => `${name}: ${fault}`));
    await this.#engine.picture(this.#pathOf(name));
  }
}
