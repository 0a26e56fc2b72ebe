import { jsonError, noProviderErrors, type ProviderErrors } from '#emulation/error-bodies.ts';
import { errorStatuses } from './error-codes.ts';
import { errorBody } from './refusal.ts';

/** The errors that the control plane injects: the provider's own body. It documents none for 2xx and 3xx. */
export const injectedErrors: ProviderErrors = {
  codes: errorStatuses,
  errorBody(status, code, operation) {
    if (code === undefined && status < 400) return noProviderErrors.errorBody(status, code, operation);
    return jsonError(errorBody(status, code, `injected into ${operation}`));
  },
};
