import { globSync } from 'node:fs';

/** Where a fault costs money, an identity or a webhook. */
const critical = [
  'src/domain/{payment,banking,kyc,identity}/**/*.ts',
  'src/domain/{money,redaction,redirect-address,sealer}.ts',
  'src/{outbound,process/recording}/*.ts',
  'src/inbox/**/*.ts',
  'src/http/{listen,customer,origin,bearer,cookies,rate-limit,sign-in-limit,begin-anew}.ts',
  'src/http/webhooks/*.ts',
  'src/http/routes/{accounts,banks,events,kyc,mobile,payments,sign-in}.ts',
  'src/services/bankid/*.ts',
  'src/services/sumsub/*.ts',
  'src/services/open-banking/**/{client,map,errors,wire,payments,consents,webhook}.ts',
  'src/store/{payments,payment-events,sessions,due-payments,sign-in-transactions}.ts',
  'src/store/inbox/*.ts',
  'src/usecases/{sign-in,kyc,banking,payments}/*.ts',
];

/** The critical files, without their tests, mocks and emulators. */
export function criticalFiles(root: string): string[] {
  return globSync(critical, { cwd: root })
    .filter((path) => !/\.test\.ts$|\/emulator\/|\/mock/.test(path))
    .toSorted();
}
