import { X509Certificate } from 'node:crypto';
import type { BaseBlock } from 'asn1js';

/** What the certificate of a payment institution says of it, as the authority's public register does. */
export interface Psd2Certificate {
  /** `organizationIdentifier`: `PSD` with country, authority and number, such as `PSDNO-FSA-…`. */
  organisation: string | undefined;
  /** Empty where the certificate has no statement of PSD2 that can be read, as those of sandboxes often have none. */
  roles: readonly string[];
}

/** The roles by their object identifiers (ETSI TS 119 495, annex A). */
const roleNames: Readonly<Record<string, string>> = {
  '0.4.0.19495.1.1': 'PSP_AS',
  '0.4.0.19495.1.2': 'PSP_PI',
  '0.4.0.19495.1.3': 'PSP_AI',
  '0.4.0.19495.1.4': 'PSP_IC',
};
const psd2Statement = '0.4.0.19495.2';
/** `qcStatements` (RFC 3739, 3.2.6). */
const statementsExtension = '1.3.6.1.5.5.7.1.3';
/** In a certificate's first part the extensions have this tag (RFC 5280, 4.1). */
const extensionsTag = 3;

/** Reads the first certificate in `pem`, which must be one. Loads the reader of ASN.1 when it is first called. */
export async function readPsd2Certificate(pem: string): Promise<Psd2Certificate> {
  const certificate = new X509Certificate(pem);
  return { organisation: organisationOf(certificate), roles: await rolesIn(certificate.raw) };
}

/** The `organizationIdentifier` of the subject (ETSI EN 319 412-1, 5.1.4). */
export function organisationOf({ subject }: X509Certificate): string | undefined {
  const line = subject.split('\n').find((each) => /^(organizationIdentifier|2\.5\.4\.97)=/.test(each));
  return line?.slice(line.indexOf('=') + 1);
}

/** `PSD2QcType`: the roles, each an identifier with its name, and then the authority. */
async function rolesIn(der: Uint8Array): Promise<string[]> {
  const { fromBER, Constructed, ObjectIdentifier, OctetString } = await import('asn1js');
  const partsOf = (block: BaseBlock | undefined): BaseBlock[] =>
    block instanceof Constructed ? block.valueBlock.value : [];
  const identifierOf = (block: BaseBlock | undefined): string | undefined =>
    block instanceof ObjectIdentifier ? block.getValue() : undefined;
  const named = (list: BaseBlock | undefined, identifier: string): BaseBlock | undefined =>
    partsOf(list).find((each) => identifierOf(partsOf(each)[0]) === identifier);

  const [content] = partsOf(fromBER(der).result);
  const tagged = partsOf(content).find(
    ({ idBlock }) => idBlock.tagClass === 3 && idBlock.tagNumber === extensionsTag,
  );
  const octets = partsOf(named(partsOf(tagged)[0], statementsExtension)).at(-1);
  if (!(octets instanceof OctetString)) return [];
  const statement = named(fromBER(octets.valueBlock.valueHexView).result, psd2Statement);
  const [roles] = partsOf(partsOf(statement)[1]);
  return partsOf(roles).flatMap((role) => roleNames[identifierOf(partsOf(role)[0]) ?? ''] ?? []);
}
