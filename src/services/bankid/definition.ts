import type { z } from 'zod';
import type { Fault } from '#configuration/variables/fault.ts';
import {
  configured,
  type ClientDependencies,
  type RuleCircumstances,
  type ServiceDefinition,
} from '#services/definition.ts';
import { bankIdChecks } from './checks.ts';
import { createBankIdClient, type BankIdContext } from './client.ts';
import { integration } from './integration.ts';
import type { BankIdOptions } from './options.ts';
import { presets } from './presets.ts';
import { recorded } from './recorded.ts';
import type { BankId } from './service.ts';
import { variables } from './variables.ts';

type Values = z.output<typeof variables>;

/** Sign-in with BankID, or with an issuer that stands before it. */
export const bankId: ServiceDefinition<typeof variables, BankId> = {
  id: 'bankid',
  displayName: 'BankID',
  variables,
  integration,
  rules,
  guards: ['bankid', 'bankid-documents'],
  recorded,
  isMocked: (values) => values.BANKID_MOCK,
  createClient(values, { environment, createOutbound, ...dependencies }) {
    const context = { ...dependencies, ...outboundsOf(values, createOutbound) };
    return createBankIdClient(optionsOf(values, environment), context);
  },
  checks(values, { environment, createOutbound, ...dependencies }) {
    const context = { ...dependencies, ...outboundsOf(values, createOutbound) };
    return bankIdChecks(optionsOf(values, environment), context);
  },
  async createMock(_values, { clock, entropy }) {
    const { createBankIdMock } = await import('./mock.ts');
    return createBankIdMock({ clock, entropy });
  },
  async createEmulator(context, world) {
    const { startBankIdEmulator } = await import('./emulator/start.ts');
    return startBankIdEmulator(context, world);
  },
};

function rules(values: Values, { environment }: RuleCircumstances): Fault[] {
  const isForbidden = values.BANKID_MOCK && environment === 'production';
  return isForbidden ? [{ variable: 'BANKID_MOCK', problem: 'must not be true in production' }] : [];
}

function outboundsOf(
  values: Values,
  createOutbound: ClientDependencies['createOutbound'],
): Pick<BankIdContext, 'outbound' | 'documents'> {
  const origins = addressesOf(values);
  return {
    outbound: createOutbound({ provider: 'bankid', origins }),
    documents: createOutbound({ provider: 'bankid-documents', origins }),
  };
}

function addressesOf(values: Values): string[] {
  return [
    values.BANKID_ISSUER,
    values.BANKID_AUTHORIZE_URL,
    values.BANKID_TOKEN_URL,
    values.BANKID_JWKS_URL,
    values.BANKID_USERINFO_URL,
  ].filter((address) => address !== undefined);
}

function optionsOf(values: Values, environment: RuleCircumstances['environment']): BankIdOptions {
  const preset = presets[values.BANKID_PRESET];
  return {
    issuer: values.BANKID_ISSUER,
    authorizeUrl: values.BANKID_AUTHORIZE_URL,
    tokenUrl: values.BANKID_TOKEN_URL,
    jwksUrl: values.BANKID_JWKS_URL,
    userinfoUrl: values.BANKID_USERINFO_URL,
    clientId: configured(values, 'BANKID_CLIENT_ID'),
    clientAuthentication: values.BANKID_CLIENT_AUTHENTICATION,
    clientSecret: values.BANKID_CLIENT_SECRET,
    privateKey: values.BANKID_PRIVATE_KEY,
    privateKeyId: values.BANKID_PRIVATE_KEY_ID,
    assertionAudience: preset.assertionAudience,
    pushedAuthorization: values.BANKID_PAR,
    nationalIdentityClaims: values.BANKID_NATIONAL_ID_CLAIM ?? preset.nationalIdentityClaims,
    identitySource: values.BANKID_IDENTITY_SOURCE ?? preset.identitySource,
    scope: values.BANKID_SCOPE ?? preset.scope,
    acrValues: values.BANKID_ACR_VALUES ?? preset.acrValues,
    maxAgeSeconds: values.BANKID_MAX_AGE_SECONDS,
    acceptSynthetic: environment !== 'production',
    allowInsecureLoopback: environment === 'sandbox',
  };
}
