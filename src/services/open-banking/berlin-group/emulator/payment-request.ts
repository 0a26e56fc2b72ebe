import { z } from 'zod';
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
