import type { FigurePart } from '#http/contract/front-words.ts';

/** Separators and the unit, which `formats` in `#domain/formats.ts` writes after the number, in English before it. */
const parts = /([.,])|(^[A-Z]{3}\u00a0|\u00a0(?:kr|[A-Z]{3})$)/;

/** The pieces of an amount as it is written. */
export function figureParts(text: string): FigurePart[] {
  return text
    .split(parts)
    .filter((part) => part !== undefined && part !== '')
    .map((part) => ({ text: part, kind: kindOf(part) }));
}

function kindOf(part: string): FigurePart['kind'] {
  if (part === '.' || part === ',') return 'sign';
  return part.includes('\u00a0') && /\p{Letter}/u.test(part) ? 'unit' : 'digits';
}
