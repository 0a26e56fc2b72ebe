/** Certificates that end within so many days are reported: banks take weeks to issue the next one. */
export const soonDays = 30;
