import { osloDay } from '../oslo-time.ts';

const ageOfMajority = 18;

/**
 * Whole years at `instant` of a person born on `birthDate` (`YYYY-MM-DD`), by the calendar in Norway: a birthday begins
 * at midnight in Oslo. A person born on 29 February becomes a year older on 1 March in years without that day.
 */
export function ageAt(birthDate: string, instant: Date): number {
  const today = osloDay(instant);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** Whether a person born on `birthDate` is 18 or over at `instant`. */
export function isAdult(birthDate: string, instant: Date): boolean {
  return ageAt(birthDate, instant) >= ageOfMajority;
}
