/** One element on a screen. */
export interface Found {
  click(): Promise<void>;
  /** Types over what is there. */
  fill(text: string): Promise<void>;
  press(key: 'Space' | 'Enter'): Promise<void>;
}

/** Where on the page an expression is evaluated: in the page itself, or in the one frame that it has. */
export type Place = 'page' | 'frame';

/** A browser that is driven from outside, as a person would: by what is on the screen, with mouse and keyboard. */
export interface Engine {
  name: string;
  version: string;
  open(url: string): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** The element that the JavaScript expression gives; undefined when it gives none, or while the page changes. */
  find(expression: string, place: Place): Promise<Found | undefined>;
  /** The value of the JavaScript expression, which JSON can hold. */
  evaluate(expression: string): Promise<unknown>;
  picture(path: string): Promise<void>;
  close(): Promise<void>;
}
