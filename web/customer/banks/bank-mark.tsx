import { initialsOf } from './bank-initials.ts';
import './bank-mark.css';

/** How many shades and shapes `bank-mark.css` has. */
const tones = 6;
const shapes = 4;

/**
 * A bank's mark, drawn by Drop, which has no right to show the banks' logos: the bank's initials in a shade and a shape
 * that follow from its name, so that a bank looks the same on every screen.
 */
export function BankMark({ name }: { name: string }) {
  const initials = initialsOf(name);
  const number = numberOf(name);
  return (
    <span
      className="bank-mark"
      aria-hidden="true"
      data-tone={number % tones}
      data-shape={Math.floor(number / tones) % shapes}
      data-length={initials.length}
      data-initials={initials}
    />
  );
}

/** FNV-1a, which spreads names that differ in one letter only. */
function numberOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
