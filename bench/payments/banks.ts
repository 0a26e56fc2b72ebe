// A process that stands for a provider with twenty banks: it answers readings of payments that are still being carried
// out, as many as come, and notes when. Its first line is its address. `POST /begin` names the bank that hangs, if any,
// and when the first payment is due; `GET /asked` tells how late each payment was asked about for the first time.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { percentile } from '../percentile.ts';

/** How the readings of a bank's payments went. */
export interface Asked {
  payments: number;
  medianLateMs: number;
  p95LateMs: number;
  maxLateMs: number;
}

export interface Begin {
  hangs?: number;
  startedAtMs: number;
  /** From one payment that is due to the next. */
  spacingMs: number;
}

let now: Begin = { startedAtMs: 0, spacingMs: 0 };
let late = new Map<number, number[]>();
let seen = new Set<string>();

/** `reference` holds the number of the bank, that of the payment, and its end-to-end identification. */
function answer(reference: string, response: ServerResponse): void {
  const [bank = '', number = '', endToEndId = ''] = reference.split('-');
  const bankNumber = Number(bank);
  if (!seen.has(reference)) {
    seen.add(reference);
    const lateMs = Date.now() - now.startedAtMs - Number(number) * now.spacingMs;
    late.set(bankNumber, [...(late.get(bankNumber) ?? []), lateMs]);
  }
  if (bankNumber === now.hangs) return;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(paymentOf(reference, { bank: `Bank ${bankNumber}`, endToEndId })));
}

const account = (identification: string) => ({ identification, scheme_name: 'BBAN', issuer: null });

function paymentOf(reference: string, { bank, endToEndId }: { bank: string; endToEndId: string }): object {
  const transaction = {
    instructed_amount: { currency: 'NOK', amount: '1.00' },
    beneficiary: { creditor: { name: 'Nordlys' }, creditor_account: account('95360573002') },
    payment_id: { instruction_id: null, end_to_end_id: endToEndId },
    reference_number: '2345676',
    remittance_information: null,
    transaction_id: '1',
    transaction_status: 'ACSP',
  };
  return {
    payment_id: reference,
    status: 'ACSP',
    final_status: false,
    payment_type: 'DOMESTIC',
    aspsp: { name: bank, country: 'NO' },
    psu_id_hash: 'hash',
    payment_details: {
      debtor_account: account('12345678903'),
      debtor_currency: 'NOK',
      credit_transfer_transaction: [transaction],
    },
  };
}

function askedOf(lateMs: readonly number[]): Asked {
  return {
    payments: lateMs.length,
    medianLateMs: percentile(lateMs, 0.5),
    p95LateMs: percentile(lateMs, 0.95),
    maxLateMs: Math.max(...lateMs),
  };
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname.startsWith('/payments/')) return answer(decodeURIComponent(pathname.slice(10)), response);
  if (pathname === '/asked') {
    const others = [...late].filter(([bank]) => bank !== 0).flatMap(([, each]) => each);
    response.end(JSON.stringify({ others: askedOf(others), first: askedOf(late.get(0) ?? []) }));
    return;
  }
  if (pathname !== '/begin') return void response.writeHead(404).end();
  void json(request).then((given) => {
    now = given as Begin;
    late = new Map();
    seen = new Set();
    response.end('{}');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.once('SIGINT', () => process.exit(0));
