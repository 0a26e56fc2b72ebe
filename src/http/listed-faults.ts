import type { FieldFault } from '#domain/errors.ts';
import { shownText } from '#domain/shown-text.ts';

/** The most faults that one answer names; the sender learns of the others after correcting these. */
export const faultsListedMax = 10;

/** In characters; the names of Drop's own fields are shorter. */
const nameLengthMax = 100;

/**
 * The faults as they are told: each once, ten at most, and the names on one line and short, for a request may name
 * its fields as it likes, and an answer and an entry of the log must not grow with it.
 */
export function listedFaults(faults: readonly FieldFault[]): FieldFault[] {
  const told = new Map<string, FieldFault>();
  for (const fault of faults) {
    const field = shortName(fault.field);
    const key = JSON.stringify([field, fault.message]);
    if (!told.has(key)) told.set(key, { ...fault, field });
    if (told.size === faultsListedMax) break;
  }
  return [...told.values()];
}

/** The faults without what the customer typed, be it a value or a made-up field name: that is never logged. */
export function loggedFaults(faults: readonly FieldFault[]): { field: string; message: string }[] {
  const withoutOwn = faults.map((fault) => (fault.isNamedBySender ? { ...fault, field: 'unknown' } : fault));
  return listedFaults(withoutOwn).map(({ field, message }) => ({ field, message }));
}

function shortName(name: string): string {
  const shown = shownText(name.slice(0, 2 * nameLengthMax));
  return shown.length > nameLengthMax ? `${shown.slice(0, nameLengthMax - 1).toWellFormed()}…` : shown;
}
