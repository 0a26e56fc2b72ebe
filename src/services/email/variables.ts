import { z } from 'zod';
import { secret, secrets, text } from '#configuration/variables/shapes.ts';
import { variablesOf } from '#configuration/variables/variable.ts';
import { readMailbox } from './address.ts';

const variable = variablesOf('Mail');

const mailbox = text.transform((value, context) => {
  const read = readMailbox(value);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'must be an address such as Drop <drop@mail.example.com>' });
  return z.NEVER;
});

/** Mail by SMTP. */
export const variables = z.object({
  SMTP_URL: variable(
    {
      description: 'mail server with credentials; smtp: uses STARTTLS, smtps: TLS from the start',
      example: 'smtp://user:password@smtp.example.com:587',
      secret: true,
      address: 'smtp',
    },
    secret.optional(),
  ),
  SMTP_BACKUP_URL: variable(
    { description: 'second mail server, used when the first fails', secret: true, address: 'smtp' },
    secret.optional(),
  ),
  MAIL_FROM: variable(
    {
      description: 'sender of mails; bounces go to its address',
      example: 'Drop <drop@mail.example.com>',
    },
    mailbox.optional(),
  ),
  MAIL_BOUNCE_SECRET: variable(
    {
      description:
        'password with which bounces are delivered to /api/email/bounces, two separated by a comma during a ' +
        'rotation; without it none are taken',
      secret: true,
    },
    secrets.optional(),
  ),
});
