/** A webhook of the chaos test. */
export interface Event {
  key: string;
  subject: string;
}

export const provider = 'chaos';
/** Short, so that what a killed process had in hand is soon another's. */
export const leaseMs = 1_200;
