import { z } from 'zod';
import {
  addressTypes,
  categoryPurposeCodes,
  chargeBearerCodes,
  executionRules,
  frequencyCodes,
  priorityCodes,
  purposeCodes,
  schemeNames,
  serviceLevelCodes,
} from './code-lists.ts';

/** A payment request with all that the OpenAPI has for it, which is what is read back. Fields keep their names. */

const text = z.string().nullish();
const amount = z.object({ currency: z.string(), amount: z.string().regex(/^-?\d+(\.\d+)?$/) });

/** `GenericIdentification`. */
export const identification = z.object({
  identification: z.string(),
  scheme_name: z.enum(schemeNames),
  issuer: text,
});
export type Identification = z.output<typeof identification>;

const postalAddress = z.object({
  address_type: z.enum(addressTypes).nullish(),
  department: text,
  sub_department: text,
  street_name: text,
  building_number: text,
  post_code: text,
  town_name: text,
  country_sub_division: text,
  country: text,
  address_line: z.array(z.string()).nullish(),
});

const party = z.object({
  name: text,
  postal_address: postalAddress.nullish(),
  organisation_id: identification.nullish(),
  private_id: identification.nullish(),
  contact_details: z.object({ email_address: text, phone_number: text }).nullish(),
});

const agent = z.object({
  bic_fi: text,
  clearing_system_member_id: z.object({ clearing_system_id: text, member_id: text }).nullish(),
  name: text,
});

const regulatoryReporting = z.object({
  authority: z.object({ country: z.string(), name: z.string() }).nullish(),
  details: z.object({ amount: amount.nullish(), code: text, information: z.string() }),
});

const transaction = z.object({
  instructed_amount: amount,
  beneficiary: z.object({
    creditor_agent: agent.nullish(),
    creditor: party.nullish(),
    creditor_account: identification,
    creditor_currency: text,
  }),
  payment_id: z.object({ instruction_id: text, end_to_end_id: text }).nullish(),
  requested_execution_date: z.iso.date().nullish(),
  reference_number: text,
  end_date: z.iso.date().nullish(),
  execution_rule: z.enum(executionRules).nullish(),
  frequency: z.enum(frequencyCodes).nullish(),
  ultimate_debtor: party.nullish(),
  ultimate_creditor: party.nullish(),
  regulatory_reporting: z.array(regulatoryReporting).min(1).max(10).nullish(),
  remittance_information: z.array(z.string()).nullish(),
});
type Transaction = z.output<typeof transaction>;

/** `PaymentRequestResource`. */
export const paymentResource = z.object({
  payment_information_id: text,
  payment_type_information: z
    .object({
      instruction_priority: z.enum(priorityCodes).nullish(),
      service_level: z.enum(serviceLevelCodes).nullish(),
      category_purpose: z.enum(categoryPurposeCodes).nullish(),
      local_instrument: text,
    })
    .nullish(),
  debtor: party.nullish(),
  debtor_account: identification.nullish(),
  debtor_agent: agent.nullish(),
  debtor_currency: text,
  purpose: z.enum(purposeCodes).nullish(),
  charge_bearer: z.enum(chargeBearerCodes).nullish(),
  credit_transfer_transaction: z
    .array(transaction)
    .min(1)
    .transform((all) => all as [Transaction, ...Transaction[]]),
});
