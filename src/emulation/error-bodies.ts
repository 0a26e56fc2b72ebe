/** An error answer as the provider writes it. */
export interface ErrorAnswer {
  contentType: string;
  body: string;
  headers?: Record<string, string>;
}

/** How a provider reports an error of its own, for faults that the control plane injects. */
export interface ProviderErrors {
  /** The provider's error codes that a fault may name, with the HTTP status that the provider sends with each. */
  readonly codes: Readonly<Record<string, number>>;
  /** The status of a fault that names neither status nor code; 503 unless given. */
  readonly statusDefault?: number;
  /** The provider's body for an error of `operation`. `code` is one of `codes`, or absent if the fault names none. */
  errorBody(status: number, code: string | undefined, operation: string): ErrorAnswer;
}

/** For an emulator that does not define its provider's errors. */
export const noProviderErrors: ProviderErrors = {
  codes: {},
  errorBody: () => ({ contentType: 'text/plain;charset=UTF-8', body: 'sandbox fault' }),
};

export function jsonError(body: object): ErrorAnswer {
  return { contentType: 'application/json', body: JSON.stringify(body) };
}
