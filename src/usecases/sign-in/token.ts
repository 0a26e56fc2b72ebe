/** Whether `value` has the form of a token (`Entropy.token`). */
export function isToken(value: string | undefined): value is string {
  return value !== undefined && /^[\w-]{43}$/.test(value);
}
