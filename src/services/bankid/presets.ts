import { nationalIdentityClaimsDefault, type BankIdOptions } from './options.ts';

/** The settings that differ between supported issuers. Each can be overridden by its own variable. */
export type Preset = Pick<
  BankIdOptions,
  'nationalIdentityClaims' | 'identitySource' | 'scope' | 'acrValues' | 'assertionAudience'
>;

export const presetNames = ['bankid', 'id-porten', 'signicat', 'idura'] as const;
export type PresetName = (typeof presetNames)[number];

/** From the issuers' documentation. Signicat reports no level in a form that Drop knows, so none is requested there. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  bankid: {
    nationalIdentityClaims: nationalIdentityClaimsDefault,
    identitySource: 'id_token',
    scope: 'openid profile nnin_altsub',
    acrValues: ['urn:bankid:bid'],
    assertionAudience: 'token_endpoint',
  },
  'id-porten': {
    nationalIdentityClaims: ['pid'],
    identitySource: 'id_token',
    scope: 'openid profile',
    acrValues: ['idporten-loa-high'],
    assertionAudience: 'issuer',
  },
  signicat: {
    nationalIdentityClaims: ['nin'],
    identitySource: 'userinfo',
    scope: 'openid profile nin',
    acrValues: undefined,
    assertionAudience: 'token_endpoint',
  },
  idura: {
    nationalIdentityClaims: ['socialno'],
    identitySource: 'id_token',
    scope: 'openid ssn',
    acrValues: ['urn:grn:authn:no:bankid:high'],
    assertionAudience: 'token_endpoint',
  },
};
