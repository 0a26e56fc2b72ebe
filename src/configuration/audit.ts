import { createHash } from 'node:crypto';
import { Secret } from '#domain/secret.ts';
import { processEnvironment, readVariable, type Environment } from './environment.ts';
import type { CoreVariables } from './variables.ts';
import type { Fault } from './variables/fault.ts';

/** The key that signs the roots of the audit trail, and the directory that keeps them beside the database. */
export interface AuditSettings {
  /** The key that signs: base64 of 32 bytes. */
  signingKey: Secret;
  /** Whether it is the one that is public. */
  isDemoKey: boolean;
  /** Former public keys in base64url, whose roots stay good. */
  publicKeys: readonly string[];
  directory: string | undefined;
}

/** Used where no key is configured, which production refuses. It is public, so its signatures prove nothing. */
const demoKey = new Secret(createHash('sha256').update('demo-audit-signing-key').digest('base64'));

type AuditVariables = Pick<
  CoreVariables,
  'AUDIT_SIGNING_KEY' | 'AUDIT_PUBLIC_KEYS' | 'AUDIT_ROOTS_DIRECTORY'
>;

export function auditSettingsOf(config: AuditVariables): AuditSettings {
  return {
    signingKey: config.AUDIT_SIGNING_KEY ?? demoKey,
    isDemoKey: config.AUDIT_SIGNING_KEY === undefined,
    publicKeys: config.AUDIT_PUBLIC_KEYS ?? [],
    directory: config.AUDIT_ROOTS_DIRECTORY,
  };
}

/** As `auditSettingsOf`, for a command that needs no other variable, so that an auditor can run it. */
export function readAuditSettings(environment: Environment = processEnvironment): AuditSettings {
  const key = readVariable(environment, 'AUDIT_SIGNING_KEY');
  const listed = readVariable(environment, 'AUDIT_PUBLIC_KEYS') ?? '';
  return auditSettingsOf({
    AUDIT_SIGNING_KEY: key === undefined ? undefined : new Secret(key),
    AUDIT_PUBLIC_KEYS: listed.split(',').flatMap((each) => each.trim() || []),
    AUDIT_ROOTS_DIRECTORY: readVariable(environment, 'AUDIT_ROOTS_DIRECTORY'),
  });
}

const keyBytes = 32;

/** The faults of the configured keys. */
export function auditFaults(config: CoreVariables): Fault[] {
  const { AUDIT_SIGNING_KEY: key, AUDIT_PUBLIC_KEYS: publicKeys = [] } = config;
  const faults: Fault[] = [];
  if (key === undefined && config.DROP_ENVIRONMENT === 'production') {
    const problem = 'is required: make one with "openssl rand -base64 32"';
    faults.push({ variable: 'AUDIT_SIGNING_KEY', problem });
  }
  if (key !== undefined && !isKey(key.reveal()))
    faults.push({ variable: 'AUDIT_SIGNING_KEY', problem: `must be base64 of ${keyBytes} bytes` });
  if (!publicKeys.every(isKey)) {
    const problem = `must be base64url of ${keyBytes} bytes each, as stored with each root`;
    faults.push({ variable: 'AUDIT_PUBLIC_KEYS', problem });
  }
  return faults;
}

function isKey(text: string): boolean {
  return /^[\w+/-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').byteLength === keyBytes;
}
