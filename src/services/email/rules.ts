import type { z } from 'zod';
import type { Fault } from '#configuration/variables/fault.ts';
import type { RuleCircumstances } from '#services/definition.ts';
import type { variables } from './variables.ts';

const bounceSecretLengthMin = 32;

/** The rules between the variables of mail. What an address may be is in `src/configuration/smtp-address.ts`. */
export function mailFaults(
  values: z.output<typeof variables>,
  { environment, isMock }: RuleCircumstances,
): Fault[] {
  const { SMTP_URL, SMTP_BACKUP_URL, MAIL_FROM, MAIL_BOUNCE_SECRET } = values;
  const isProduction = environment === 'production' && !isMock;
  const faults: Fault[] = [];
  const fault = (variable: string, problem: string): unknown => faults.push({ variable, problem });
  if (!SMTP_URL && isProduction)
    fault('SMTP_URL', 'is required in production: customers and operators get mail');
  else if (!SMTP_URL && SMTP_BACKUP_URL) fault('SMTP_BACKUP_URL', 'is set without SMTP_URL: set both');
  if (!MAIL_FROM && (SMTP_URL || isProduction)) fault('MAIL_FROM', 'is required with SMTP_URL');
  const isShort = MAIL_BOUNCE_SECRET?.some((each) => each.reveal().length < bounceSecretLengthMin);
  if (isShort && isProduction)
    fault('MAIL_BOUNCE_SECRET', `must have at least ${bounceSecretLengthMin} characters`);
  return faults;
}
