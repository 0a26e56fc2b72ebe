import type { nbPaymentList } from './nb-payment-list.ts';

/** The texts of the list of payments, in English. */
export const enPaymentList: typeof nbPaymentList = {
  statement: {
    title: 'Download a statement',
    text: 'It lists every payment you created in the period, including those that were not paid. One year at most.',
    from: 'From and including',
    to: 'To and including',
    pdf: 'Download PDF',
    csv: 'Download for spreadsheets (CSV)',
    started: 'The download has started',
    faults: {
      missing: 'Choose a date.',
      reversed: 'The end date cannot be before the start date.',
      too_long: 'The period can be one year at most. Choose an earlier end date or a later start date.',
      offline: 'You are offline. Try again when you are back online.',
    },
  },
  form: 'Search payments',
  text: 'Search',
  textHint: 'Name, amount, KID, message, account number or reference',
  status: 'Status',
  statuses: {
    any: 'All',
    ongoing: 'In progress',
    settled: 'Paid',
    unpaid: 'Not paid',
  },
  from: 'From date',
  to: 'To date',
  datesReversed: 'The end date cannot be before the start date.',
  narrow: 'Choose status and dates',
  search: 'Search',
  clear: 'Clear the search',
  list: 'Payments, newest first',
  more: 'Show more',
  older: 'Search older payments',
  nothingYet: 'We found nothing among the newest payments. There are older payments.',
  noneTitle: 'No matches',
  noneText: 'None of your payments match the search.',
  shown: (count: number, hasMore: boolean) =>
    `Showing ${count} ${count === 1 ? 'payment' : 'payments'}${hasMore ? ', and there are more' : ''}`,
};
