import { z } from 'zod';
import { dayAfter } from '#domain/banking/bank-days.ts';
import { osloDay } from '#domain/oslo-time.ts';
import { isAccountNumber } from '#domain/banking/account-number.ts';
import { takePlan } from '#emulation/bank/world.ts';
import { refuse } from './refusal.ts';
import { bankOf, hasFix, readBody, readPresence, type BankContext } from './requests.ts';
import { newId, type Bench, type Payment } from './world.ts';

const products = {
  ordinary: 'norwegian-domestic-credit-transfers',
  instant: 'instant-norwegian-domestic-credit-transfers-straks',
};
const instantOereMax = 50_000_000;
const daysAheadMax = 365;
const nameLengthMax = 70;
/** Of a creditor's name, before `longer-names`. */
const shortNameLengthMax = 35;

const bban = z.string().refine(isAccountNumber, 'is no account number');
const account = z.strictObject({ bban, currency: z.literal('NOK').optional() });

const paymentRequest = z
  .strictObject({
    endToEndIdentification: z.string().max(35).optional(),
    debtorAccount: account,
    instructedAmount: z.strictObject({
      currency: z.literal('NOK'),
      amount: z.string().regex(/^\d{1,9}\.\d{2}$/),
    }),
    creditorName: z.string().min(1).max(nameLengthMax),
    creditorAccount: account,
    creditorAddress: z.strictObject({ country: z.string().regex(/^[A-Z]{2}$/) }).optional(),
    requestedExecutionDate: z.iso.date().optional(),
    remittanceInformationUnstructured: z.string().max(140).optional(),
    remittanceInformationStructured: z
      .strictObject({ reference: z.string().regex(/^[\d-]{2,25}$/) })
      .optional(),
  })
  .refine(
    (each) => !each.remittanceInformationStructured || each.remittanceInformationUnstructured === undefined,
    'remittance is structured or unstructured, not both',
  );
type PaymentRequest = z.output<typeof paymentRequest>;

/** Reads a request for a payment as the bank's product has it. */
export async function openPayment(c: BankContext, bench: Bench): Promise<Payment> {
  const { bank, dialect } = bankOf(c);
  const product = c.req.param('product') ?? '';
  if (!Object.values(products).includes(product))
    throw refuse(dialect.errors, 'PRODUCT_UNKNOWN', 'the bank has no such product');
  const returns = readPresence(c, bench);
  const request = await readBody(c, paymentRequest);
  assertCarried(c, request, product);
  const createdAt = bench.context.clock.now();
  assertDate(c, request, product, osloDay(createdAt));
  const { requestedExecutionDate: executionDate } = request;
  return {
    id: newId(),
    bank,
    status: 'RCVD',
    isFinal: false,
    reasonCode: undefined,
    plan: takePlan(bench.world()),
    language: 'nb',
    createdAt,
    product,
    endToEndId: request.endToEndIdentification,
    returns,
    authorisation: { id: newId(), startedAt: createdAt },
    isExempted: isOwnTransfer(request, bench, bank.slug),
    changedAt: createdAt,
    cancellation: undefined,
    order: orderOf(request),
    executionDate,
    dueOn: executionDate,
  };
}

function orderOf(request: PaymentRequest): Payment['order'] {
  return {
    amountOere: Math.round(Number(request.instructedAmount.amount) * 100),
    debtorAccountNumber: request.debtorAccount.bban,
    creditorName: request.creditorName,
    creditorAccountNumber: request.creditorAccount.bban,
    kid: request.remittanceInformationStructured?.reference,
    text: request.remittanceInformationUnstructured,
  };
}

/** The limits of the bank and of the product. */
function assertCarried(c: BankContext, request: PaymentRequest, product: string): void {
  const { bank, dialect } = bankOf(c);
  const faulty = (text: string) => refuse(dialect.errors, 'FORMAT_ERROR', text);
  const { remittanceInformationUnstructured: text = '', creditorName } = request;
  if (text.length > bank.textLengthMax) throw faulty('the text is too long');
  if (creditorName.length > shortNameLengthMax && !hasFix(c, 'longer-names'))
    throw faulty('creditorName is too long');
  if (product !== products.instant) return;
  if (request.remittanceInformationStructured) throw faulty('an instant transfer carries no KID');
  if (orderOf(request).amountOere > instantOereMax) throw faulty('too much for an instant transfer');
}

/** A date is of the future, within a year, and no part of an instant transfer. */
function assertDate(c: BankContext, request: PaymentRequest, product: string, today: string): void {
  const { requestedExecutionDate: date } = request;
  if (date === undefined) return;
  const { errors } = bankOf(c).dialect;
  if (product === products.instant) throw refuse(errors, 'FORMAT_ERROR', 'an instant transfer has no date');
  if (date <= today || date > dayAfter(today, daysAheadMax))
    throw refuse(errors, 'EXECUTION_DATE_INVALID', 'the date is past or too far ahead');
}

/** A transfer between the customer's own accounts at the bank needs no approval (RTS Article 15). */
function isOwnTransfer(
  { debtorAccount, creditorAccount }: PaymentRequest,
  { world }: Bench,
  slug: string,
): boolean {
  const holderOf = (number: string) =>
    world().accounts.find((each) => each.bank.slug === slug && each.accountNumber === number)?.holder;
  const holder = holderOf(debtorAccount.bban);
  return holder !== undefined && holder === holderOf(creditorAccount.bban);
}
