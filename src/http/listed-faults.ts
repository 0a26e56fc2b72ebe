import type { FieldFault } from '#domain/errors.ts';
import { shownText } from '#domain/shown-text.ts';

/** The most faults in one answer. Further ones are reported once these are corrected. */
export const faultsListedMax = 10;

/** In characters; the names of Drop's own fields are shorter. */
const nameLengthMax = 100;

/**
 * The faults as reported: without duplicates, at most ten, with field names shortened to one line. A request can
 * contain any field names, and neither an answer nor a log entry may grow with them.
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

/** The faults for the log, without anything that the sender typed, be it a value or a made-up field name. */
export function loggedFaults(faults: readonly FieldFault[]): { field: string; message: string }[] {
  const withoutOwn = faults.map((fault) => (fault.isNamedBySender ? { ...fault, field: 'unknown' } : fault));
  return listedFaults(withoutOwn).map(({ field, message }) => ({ field, message }));
}

function shortName(name: string): string {
  const shown = shownText(name.slice(0, 2 * nameLengthMax));
  return shown.length > nameLengthMax ? `${shown.slice(0, nameLengthMax - 1).toWellFormed()}…` : shown;
}
