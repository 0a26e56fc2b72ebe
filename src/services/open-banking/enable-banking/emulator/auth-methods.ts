import type { SandboxBank } from '#emulation/bank/banks.ts';
import { profileOf, psuTypesOf, type PsuType } from './bank-profiles.ts';
import { refuse } from './refusal.ts';

/** The ways in which a bank recognises its customers (OpenAPI, `AuthMethod`); without a choice it is the first. */
export function authMethodsOf(bank: SandboxBank, psuType: PsuType) {
  const method = { psu_type: psuType, hidden_method: false } as const;
  const redirect = { ...method, name: 'redirect', approach: 'REDIRECT', credentials: [] } as const;
  const inApp = { ...method, name: 'decoupled', approach: 'DECOUPLED', credentials: [userId] } as const;
  return profileOf(bank).approvesInApp === true ? [redirect, inApp] : [redirect];
}

/** OpenAPI, `Credential`: by it the bank knows whose app to ask. */
const userId = { name: 'userId', title: 'User id at the bank', required: true, template: '^[a-z]{1,30}$' };

/** The form of the credential; not taken from what is declared of it, which a client reads. */
const userIdForm = /^[a-z]{1,30}$/;

interface AuthRequest {
  psu_type: PsuType;
  auth_method?: string | null | undefined;
  credentials?: Record<string, unknown> | null | undefined;
}

/** Judges the kind of customer and the authentication that a request asks for. Credentials belong to a method. */
export function judgeAuthMethod(request: AuthRequest, bank: SandboxBank): void {
  const { auth_method, credentials, psu_type } = request;
  if (!psuTypesOf(bank).includes(psu_type))
    throw refuse('WRONG_REQUEST_PARAMETERS', 'the ASPSP does not support this psu_type');
  const isNamed = typeof auth_method === 'string';
  if (credentials && !isNamed)
    throw refuse('WRONG_REQUEST_PARAMETERS', 'credentials can be supplied only if auth_method is specified');
  const methods = authMethodsOf(bank, psu_type);
  const method = isNamed ? methods.find(({ name }) => name === auth_method) : methods[0];
  if (method === undefined)
    throw refuse('WRONG_REQUEST_PARAMETERS', `the ASPSP has no auth_method ${JSON.stringify(auth_method)}`);
  judgeCredentials(method, credentials ?? {});
}

function judgeCredentials(
  { name, credentials }: ReturnType<typeof authMethodsOf>[number],
  given: Record<string, unknown>,
): void {
  const known: readonly string[] = credentials.map((credential) => credential.name);
  if (Object.keys(given).some((credential) => !known.includes(credential)))
    throw refuse('WRONG_CREDENTIALS_PROVIDED', `the auth_method ${name} does not take these credentials`);
  const isMissing = known.some((credential) => {
    const value = given[credential];
    return typeof value !== 'string' || !userIdForm.test(value);
  });
  if (isMissing) throw refuse('WRONG_CREDENTIALS_PROVIDED', `the auth_method ${name} needs ${known.join()}`);
}

/** Whether the customer approves in the bank's app, to which the pages of the bank then refer. */
export function isInApp({ auth_method }: Pick<AuthRequest, 'auth_method'>): boolean {
  return auth_method === 'decoupled';
}
