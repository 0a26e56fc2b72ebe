import { expect, test } from 'vitest';
import { judge } from './errors.ts';

const words = 'host mx.example said: 550 Email address is not verified';

/** A refusal of the command, as nodemailer gives it. */
function refusal(command: string, response: string) {
  return judge(Object.assign(new Error(response), { command, response, responseCode: 550 })).verdict;
}

test('a recipient’s server cannot have Drop’s own server taken for unusable', () => {
  expect(refusal('RCPT TO', `550 5.1.1 ${words}`)).toMatchObject({ kind: 'never', addressIsAtFault: true });
  expect(refusal('RCPT TO', `550 ${words}`)).toMatchObject({ kind: 'never' });
});

test('a sender that is not verified is refused after the content', () => {
  const verdict = refusal('DATA', '550 Message rejected: Email address is not verified.');
  expect(verdict).toMatchObject({ kind: 'unusable' });
});
