/** Undefined if the browser blocks the storage, or if another page wrote in it what cannot be read. */
export function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
