import { Unread } from '#kit/api/problem.ts';

/** The code of a screen could not be loaded: the browser is offline, or a new version of Drop has replaced the file. */
export class ScreenMissing extends Unread {
  override readonly name = 'ScreenMissing';
  /** Lets the next rendering load the screen again. */
  readonly forget: () => void;

  constructor({ forget, ...why }: { forget: () => void; isOffline: boolean; cause: unknown }) {
    super('the code of the screen could not be loaded', why);
    this.forget = forget;
  }
}
