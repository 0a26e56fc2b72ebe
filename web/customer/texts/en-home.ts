import type { HomeTexts } from './nb-home.ts';

/** The texts of a customer's overview that the front page does without, in English. */
export const enHome: HomeTexts = {
  waiting: {
    title: 'Waiting for you',
    consentExpired: (bank) => `Your consent for ${bank} has expired`,
    consentExpiredText: 'Renew it to see your balance and pay.',
    consentEnds: (bank, day) => `Your consent for ${bank} expires on ${day}`,
    consentEndsText: 'Renew it now to keep seeing your balance and paying.',
    approve: (amount, name) => `Approve ${amount} to ${name}`,
    approveText: (bank) => `${bank} is waiting for your approval.`,
    draft: 'You have started a payment',
    draftText: 'It has not been sent. Continue where you left off.',
    draftTo: (name) => `It is to ${name} and has not been sent. Continue where you left off.`,
  },
  first: {
    title: 'Get started',
    done: (count) => `${count} of 3 steps done.`,
    isDone: 'Done:',
    titles: { verify: 'Verify your identity', bank: 'Link your bank', pay: 'Send your first payment' },
    payText: 'You fill in and check the payment here, and approve it at your bank.',
  },
  balances: {
    total: { available: 'Total available', booked: 'Total booked balance', other: 'Total balance' },
    bankTotal: 'Total',
    refresh: 'Refresh balances',
    refreshed: 'Balances updated',
    failed: (accounts) => `Not updated: ${accounts}.`,
  },
  month: {
    title: (month) => `Paid in ${month}`,
    count: (count) => (count === 1 ? '1 payment' : `${count} payments`),
    none: (month) => `You have not paid anything in ${month} yet.`,
    transfers: 'Transfers to your own accounts are not included.',
    show: 'Show day by day',
    day: 'Day',
    paid: 'Paid',
    payments: 'Payments',
  },
};
