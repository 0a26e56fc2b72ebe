/**
 * The steps by which a closed account is erased, in their order. `request` is the closing itself; `end` comes when all
 * others are done.
 */
export const erasureSteps = ['request', 'consents', 'applicant', 'files', 'mail', 'end'] as const;
export type ErasureStep = (typeof erasureSteps)[number];
