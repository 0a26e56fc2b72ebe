import { version } from '#configuration/version.ts';
import { createDispatcher } from '#outbound/dispatcher.ts';
import { redactText } from '#domain/redaction.ts';
import { auditChecks } from './audit.ts';
import { callbackChecks, publicChecks } from './callbacks.ts';
import { ownCertificateChecks, serverCertificateChecks } from './certificates.ts';
import { providerClocks } from './clock.ts';
import { configurationChecks } from './configuration.ts';
import { databaseChecks } from './database.ts';
import { areas, severities, skipped, type Check, type Finding } from './finding.ts';
import { jobChecks } from './jobs.ts';
import { mailRecordChecks, type MailRecordOptions } from './mail-records.ts';
import { givenSecrets, readPatient, type Patient, type PatientParts } from './patient.ts';
import { runChecks, type RunOptions } from './run-checks.ts';
import { secretChecks } from './secrets.ts';
import { liveServices } from './services.ts';

export interface ExaminationOptions extends PatientParts, Pick<RunOptions, 'onDone'> {
  /** Absent where nothing outside this machine and the database is asked. */
  online?: MailRecordOptions | undefined;
}

/** All findings, in order. */
export interface Report {
  /** The version of the command. */
  version: string;
  environment: Patient['config']['DROP_ENVIRONMENT'];
  isOnline: boolean;
  summary: Record<(typeof severities)[number], number>;
  findings: readonly Finding[];
}

/**
 * Examines Drop as it is configured on this machine. Changes nothing, there and at providers. Does not reject for
 * anything that is wrong with Drop; ends within the deadline of one check.
 */
export async function examine({ online, onDone, ...parts }: ExaminationOptions): Promise<Report> {
  const patient = await readPatient(parts);
  const run = { clock: patient.clock, onDone };
  const found = await (online ? examineOnline(patient, online, run) : runChecks(offline(patient), run));
  const findings = ordered(found.map((finding) => withoutSecrets(finding, patient)));
  const counts = severities.map((severity) => [
    severity,
    findings.filter((finding) => finding.severity === severity).length,
  ]);
  return {
    version,
    environment: patient.config.DROP_ENVIRONMENT,
    isOnline: online !== undefined,
    summary: Object.fromEntries(counts) as Report['summary'],
    findings,
  };
}

const unasked = 'asked with --online only';

function offline(patient: Patient): Check[] {
  return [
    ...localChecks(patient),
    skipped('services', 'providers', unasked),
    skipped('certificates', 'servers', unasked),
    skipped('callbacks', 'reachable', unasked),
    skipped('mail', 'DNS', unasked),
  ];
}

function localChecks(patient: Patient): Check[] {
  return [
    ...configurationChecks(patient),
    ...secretChecks(patient),
    ...databaseChecks(patient),
    ...ownCertificateChecks(patient),
    ...callbackChecks(patient),
    ...jobChecks(patient),
    ...auditChecks(patient),
  ];
}

async function examineOnline(
  patient: Patient,
  options: MailRecordOptions,
  run: RunOptions,
): Promise<readonly Finding[]> {
  const services = liveServices(patient);
  const dispatcher = createDispatcher();
  try {
    const checks = [
      ...localChecks(patient),
      ...services.checks,
      ...serverCertificateChecks(patient, services.origins),
      ...publicChecks(patient, dispatcher),
      ...mailRecordChecks(patient, options),
    ];
    const findings = await runChecks(checks, run);
    return [...findings, ...providerClocks(services.dates)];
  } finally {
    await Promise.all([services.close(), dispatcher.destroy()]);
  }
}

/** The worst first; among equals in the order of the areas. */
function ordered(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) =>
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      areas.indexOf(a.area) - areas.indexOf(b.area),
  );
}

const secretCharactersMin = 8;

/** The second line of defence: what a text holds of the configured secrets is removed. */
function withoutSecrets(finding: Finding, patient: Patient): Finding {
  const known = givenSecrets(patient).flatMap(({ value }) => partsOf(value));
  const shown = (text: string): string => redactText(text, known);
  const { advice } = finding;
  return { ...finding, text: shown(finding.text), ...(advice !== undefined && { advice: shown(advice) }) };
}

/** A secret, each one of a list, and the password of an address. */
function partsOf(value: string | undefined): string[] {
  if (value === undefined) return [];
  const password = URL.parse(value)?.password ?? '';
  const parts = [value, ...value.split(','), password, decoded(password)];
  return parts.map((part) => part.trim()).filter((part) => part.length >= secretCharactersMin);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
