import {
  createDispatcher,
  createGuardedOutbound,
  isCallError,
  onBehalfOf,
  systemClock,
} from '@drop/guarded-call';

const url = process.env.BANK_URL ?? 'https://api.bank.example';
const dispatcher = createDispatcher();
const bank = createGuardedOutbound({
  provider: 'bank',
  origins: [url],
  clock: systemClock,
  dispatcher,
  random: Math.random,
  onAttempt: ({ operation, attempt, status, errorCode }) =>
    console.log(`${operation}, attempt ${attempt}: ${status ?? errorCode}`),
});
const read = { operation: 'read balance', method: 'GET', url: `${url}/balance`, repeatable: true };
const pay = { operation: 'pay', method: 'POST', url: `${url}/payments`, body: '{}', repeatable: false };

try {
  const balance = await onBehalfOf('customer-1', () => bank.send(read));
  console.log('balance:', balance.json());
  await onBehalfOf('customer-1', () => bank.send(pay));
} catch (error) {
  if (!isCallError(error)) throw error;
  console.log(`${error.code}, outcome ${error.details.outcome}`);
} finally {
  await dispatcher.close();
}
