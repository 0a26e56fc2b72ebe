/**
 * How often an account may be read without its holder (RTS Article 36(5)(b)): four times in 24 hours, which roll, as
 * banks count them.
 */
export const unattendedReadsMax = 4;
export const unattendedReadsMs = 86_400_000;
