import { readAddress } from './address.ts';
import { mailServers, type Email, type Mail } from './service.ts';

const mailsMax = 1_000;

export interface EmailMock extends Email {
  /** The latest thousand mails that were accepted, oldest first; one id once, as recipients see it. */
  mails(): readonly Mail[];
  reset(): void;
}

/** Keeps mails in memory; they are lost with the process. It accepts every mail to a well-formed address. */
export function createEmailMock(): EmailMock {
  let mails: Mail[] = [];
  return {
    servers: mailServers,
    async send(mail) {
      if (!readAddress(mail.to))
        return { kind: 'never', reason: 'the address is malformed', addressIsAtFault: true };
      mails = [...mails.filter(({ id }) => id !== mail.id), mail].slice(-mailsMax);
      return { kind: 'accepted' };
    },
    onBounce: () => undefined,
    mails: () => mails,
    reset() {
      mails = [];
    },
  };
}
