import { z } from 'zod';
import { accountNumberFromIban, isAccountNumber } from '#domain/banking/account-number.ts';
import { notCarried } from '#domain/banking/bank-text.ts';
import { maximumPaymentOere } from '#domain/money.ts';
import type { SandboxBank } from '#emulation/bank/banks.ts';
import { traitsOf } from './banks.ts';
import { codes, refuse } from './refusal.ts';
import type { Payment, Product } from './world.ts';

const account = z.object({
  iban: z.string().optional(),
  bban: z.string().optional(),
  accountScheme: z.enum(['IBAN', 'BBAN']).optional(),
  identifier: z.string().optional(),
});

export const paymentRequest = z.object({
  debtorAccount: account,
  debtorName: z.string().min(1).max(70),
  creditorAccount: account,
  creditorName: z.string().min(1).max(70),
  instrumentedAmount: z.string().regex(/^\d{1,13}(\.\d{1,2})?$/),
  currency: z.literal('NOK'),
  endToEndIdentification: z.string().min(1).max(35),
  remittanceInformationUnstructured: z.string().min(1).optional(),
  remittanceInformationStructured: z
    .object({
      reference: z.string().regex(/^\d{1,24}[\d-]$/),
      referenceType: z.literal('KID'),
      referenceIssuer: z.string().optional(),
    })
    .optional(),
  requestedExecutionDate: z.iso.date().optional(),
  paymentMetadata: z.object({}).loose().optional(),
});
type Requested = z.output<typeof paymentRequest>;

/** The order in a request, as far as the bank takes it. */
export function orderIn(request: Requested, { bank, product }: { bank: SandboxBank; product: Product }) {
  assertRemittance(request, { bank, product });
  if (product === 'instant-domestic-transfer' && !traitsOf(bank).settlesInstantly)
    throw refuse(codes.parameterInvalid, 'the bank settles no payment instantly');
  if (notCarried(request.creditorName) !== undefined)
    throw refuse(codes.charactersInvalid, 'creditorName has characters that are not allowed');
  const amountOere = Math.round(Number(request.instrumentedAmount) * 100);
  if (amountOere === 0) throw refuse(codes.parameterInvalid, 'instrumentedAmount is zero');
  if (amountOere > maximumPaymentOere) throw refuse(codes.amountTooLarge, 'the amount is over the limit');
  return {
    amountOere,
    debtorAccountNumber: numberIn(request.debtorAccount),
    creditorName: request.creditorName,
    creditorAccountNumber: numberIn(request.creditorAccount),
    kid: request.remittanceInformationStructured?.reference,
    text: request.remittanceInformationUnstructured,
  } satisfies Payment['order'];
}

/** The IBAN counts where both are given. */
function numberIn({ iban, bban, accountScheme, identifier }: z.output<typeof account>): string {
  const given = iban ?? (accountScheme === 'IBAN' ? identifier : undefined);
  const plain = bban ?? (accountScheme === 'BBAN' ? identifier : undefined) ?? '';
  const number = given === undefined ? plain : accountNumberFromIban(given);
  if (number !== undefined && isAccountNumber(number)) return number;
  throw refuse(codes.accountInvalid, 'an account number is invalid');
}

function assertRemittance(
  { remittanceInformationStructured: kid, remittanceInformationUnstructured: text }: Requested,
  { bank, product }: { bank: SandboxBank; product: Product },
): void {
  if ((kid === undefined) === (text === undefined))
    throw refuse(codes.parameterInvalid, 'one kind of remittance information is mandatory');
  if (product === 'instant-domestic-transfer' && kid !== undefined)
    throw refuse(codes.parameterInvalid, 'an instant payment takes no structured remittance information');
  if (text !== undefined && text.length > bank.textLengthMax)
    throw refuse(codes.parameterInvalid, 'the remittance information is too long');
}
