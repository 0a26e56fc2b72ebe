/** As far as it is measured. */
export function cockatielPolicy(timeoutMs: number): {
  execute<Result>(call: (context: { signal: AbortSignal }) => Promise<Result>): Promise<Result>;
};
