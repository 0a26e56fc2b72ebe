// A customer of a Drop that is rehearsed signs in, is verified, links a bank and pays; prints what each step gave.
import { Journey } from '#cli/journey.ts';

const [, , origin = ''] = process.argv;
const journey = new Journey(origin);
const steps = {
  'signs in with BankID': () => journey.signIn(),
  'is verified': () => journey.verify(),
  'links a bank': () => journey.linkBank(),
  'reads a balance': () => journey.readBalance(),
  pays: () => journey.pay(),
  'approves at the bank': () => journey.approve(),
  'is told of the settlement': () => journey.awaitSettlement(),
};
try {
  for (const [name, step] of Object.entries(steps)) process.stdout.write(`${name}: ${await step()}\n`);
} finally {
  await journey.close();
}
