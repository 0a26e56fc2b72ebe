import type { EmulatorContext } from '#emulation/emulator.ts';
import type { SandboxWorld, StartedEmulator } from '#services/definition.ts';
import { createBankIdEmulator } from './emulator.ts';
import { issuerNameSchema } from './issuers.ts';
import type { BankIdPerson } from './person.ts';

const credentials = { clientId: 'demo-drop', clientSecret: 'demo-bankid-client-secret' };

/** BankID, or the issuer that `BANKID_PRESET` names, as the sandbox has it, with Drop registered. */
export async function startBankIdEmulator(
  context: EmulatorContext,
  { appOrigin, people, environment }: SandboxWorld,
): Promise<StartedEmulator> {
  const redirectUris = [
    `${appOrigin}/api/auth/bankid/callback`,
    `${appOrigin}/api/auth/bankid/mobile/return`,
    'drop://auth/callback',
  ];
  let computed: BankIdPerson[] | undefined;
  const emulator = await createBankIdEmulator(context, {
    ...credentials,
    redirectUris,
    imitated: { issuer: issuerNameSchema.catch('bankid').parse(environment['BANKID_PRESET']) },
    // Computed at the first request: a start does not wait for the calendar that it needs.
    get people() {
      return (computed ??= people());
    },
  });
  return {
    emulator,
    about: {
      nb: 'Utstederen som folk logger inn hos, med OpenID Connect.',
      en: 'The issuer at which people sign in, by OpenID Connect.',
    },
    environment: {
      BANKID_CLIENT_ID: credentials.clientId,
      BANKID_CLIENT_SECRET: credentials.clientSecret,
      BANKID_ISSUER: `${context.origin}/auth/realms/sandbox`,
    },
  };
}
