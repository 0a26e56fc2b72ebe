import { refuse } from './refusal.ts';

/** The only way in which the sandbox's banks recognise their customers (OpenAPI, `AuthMethod`). */
export const authMethod = {
  name: 'redirect',
  psu_type: 'personal',
  approach: 'REDIRECT',
  hidden_method: false,
} as const;

/** The authentication that a request asks for. Credentials belong to a method, and this method has none. */
export function judgeAuthMethod(request: {
  auth_method?: string | null | undefined;
  credentials?: Record<string, unknown> | null | undefined;
}): void {
  const { auth_method, credentials } = request;
  const isNamed = typeof auth_method === 'string';
  if (credentials && !isNamed)
    throw refuse('WRONG_REQUEST_PARAMETERS', 'credentials can be supplied only if auth_method is specified');
  if (isNamed && auth_method !== authMethod.name)
    throw refuse('WRONG_REQUEST_PARAMETERS', `the ASPSP has no auth_method ${JSON.stringify(auth_method)}`);
  if (Object.keys(credentials ?? {}).length > 0)
    throw refuse('WRONG_CREDENTIALS_PROVIDED', `the auth_method ${authMethod.name} takes no credentials`);
}
