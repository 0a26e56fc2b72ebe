/** How long a session in a browser may lie idle. A browser is not locked with the device. */
export const browserIdleMs = 30 * 60_000;
