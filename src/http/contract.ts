import { z } from 'zod';
import {
  bankText,
  creditorNameLengthMax,
  messageLengthMax,
  norwegianBankCharacters,
  notCarried,
} from '#domain/banking/bank-text.ts';
import { errorTable, type ErrorCode } from '#domain/errors.ts';
import { locales } from '#domain/locale.ts';
import { kycStatuses } from '#domain/kyc/verdict.ts';
import { consentStatuses } from '#domain/banking/consent.ts';
import { paymentFailureReasons } from '#domain/payment/reason.ts';
import { paymentStatuses } from '#domain/payment/status.ts';

/** The shapes of Drop's own API. The web app imports their types, the routes validate with them, OpenAPI shows them. */

const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];
const timestamp = z.iso.datetime();

export const moneySchema = z.strictObject({
  /** Whole øre. */
  amount: z.int(),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

/** RFC 9457, with what Drop adds to it. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(errorCodes),
  /** For the customer, in their language. */
  message: z.string(),
  requestId: z.string(),
  /** Seconds until asking again makes sense. */
  retryAfterSeconds: z.int().optional(),
  fields: z
    .array(
      z.object({
        field: z.string(),
        message: z.string(),
        /** The visible characters that the text must not contain. */
        characters: z.array(z.string()).optional(),
      }),
    )
    .optional(),
});

/** What the web app must know before anybody signed in. */
export const appSchema = z.object({
  environment: z.enum(['production', 'staging', 'sandbox']),
  serviceMode: z.enum(['mock', 'production']),
  /** How to load Sumsub's WebSDK; null in mock mode, where there is none. */
  webSdk: z.object({ scriptUrl: z.url(), baseUrl: z.url() }).nullable(),
  /** E-mail address, https address or telephone number of customer service. */
  supportContact: z.string().nullable(),
});

export const meSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kycStatus: z.enum(kycStatuses),
});

/** RFC 7636: SHA-256 of the app's verifier, base64url. */
export const newMobileSignInSchema = z.strictObject({
  appChallenge: z.string().regex(/^[\w-]{43}$/),
  /** Of BankID's pages; without it, as `Accept-Language` says. */
  language: z.enum(locales).optional(),
});
export const startedMobileSignInSchema = z.object({ authorizeUrl: z.url(), state: z.string() });

const appVerifier = z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/);

/** What the app got back: a ticket from Drop, or where BankID answers the app itself, what BankID said. */
export const mobileCallbackSchema = z.union([
  z.strictObject({ ticket: z.string().min(1).max(200), appVerifier }),
  z.strictObject({
    code: z.string().min(1).max(4_096),
    state: z.string().min(1).max(4_096),
    /** The issuer as BankID names it in its answer (RFC 9207); to be passed on where it is there. */
    iss: z.string().max(4_096).optional(),
    appVerifier,
  }),
]);
export const mobileSessionSchema = z.object({
  /** Opaque; to be sent as `Authorization: Bearer`. */
  token: z.string(),
  expiresAt: timestamp,
});

export const kycTokenSchema = z.object({ token: z.string() });

export const kycStateSchema = z.object({
  kycStatus: z.enum(kycStatuses),
  canRetry: z.boolean(),
  /** What to do about it, in the customer's language. */
  reasons: z.array(z.string()),
});

export const bankSchema = z.object({
  id: z.string(),
  name: z.string(),
  maximumConsentDays: z.int(),
});
export const banksSchema = z.object({ banks: z.array(bankSchema) });

/** What the customer does next, for a consent, a payment or a cancellation. */
export const nextStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('redirect'),
    /** The bank's page. */
    url: z.url(),
  }),
  z.object({
    kind: z.literal('decoupled'),
    /** The bank's words for the customer, who approves in the bank's own app. */
    message: z.string().nullable(),
    /** When it makes sense to ask again. */
    askAgainSeconds: z.int(),
  }),
]);

export const newConnectionSchema = z.strictObject({ bankId: z.string().min(1).max(200) });
export const startedConnectionSchema = z.object({
  id: z.uuid(),
  /** The bank's page where the customer consents; absent where there is none. */
  consentUrl: z.url().optional(),
  next: nextStepSchema,
});

export const connectionSchema = z.object({
  id: z.uuid(),
  bankId: z.string(),
  bankName: z.string(),
  status: z.enum(consentStatuses),
  validUntil: timestamp.nullable(),
  createdAt: timestamp,
  /** What the customer has to do in the bank's own app, while the consent is pending. */
  next: nextStepSchema,
});
export const connectionsSchema = z.object({ connections: z.array(connectionSchema) });

export const accountSchema = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  bankName: z.string(),
  name: z.string().nullable(),
  /** Eleven digits; shown to its holder only. */
  accountNumber: z.string().nullable(),
  balance: moneySchema.nullable(),
  balanceAt: timestamp.nullable(),
  /** Whether the balance can be read and paid from now; otherwise the customer must consent again. */
  consentStatus: z.enum(consentStatuses),
});
export const accountsSchema = z.object({ accounts: z.array(accountSchema) });

/** For who writes an app: the document shows it. Its refusals come from the check before it, which names characters. */
const onlyCarried = new RegExp(`^(?:${norwegianBankCharacters.source})*$`);

/** A text that a bank is to carry, in characters as the bank counts them. */
function textForBank(lengthMax: number) {
  return z
    .string()
    .check(({ value, issues }) => {
      // A decomposed text is a few times as long; of one that is far too long nobody looks at each character.
      if (value.length <= 10 * lengthMax) return;
      const limit = { code: 'too_big', origin: 'string', maximum: lengthMax } as const;
      issues.push({ ...limit, input: value, continue: false });
    })
    .overwrite(bankText)
    .check(({ value, issues }) => {
      const { visible, hasHidden } = notCarried(value) ?? { visible: [], hasHidden: false };
      const fault = { code: 'custom', input: value, continue: false } as const;
      if (visible.length > 0)
        issues.push({ ...fault, message: 'characters_not_carried', params: { characters: visible } });
      if (hasHidden) issues.push({ ...fault, message: 'characters_hidden' });
    })
    .regex(onlyCarried)
    .max(lengthMax);
}

/** A number as it was pasted, with what stands around its digits; 25 digits are the longest there is. */
const pastedNumber = z.string().max(200);

export const newPaymentSchema = z.strictObject({
  accountId: z.uuid(),
  amount: moneySchema,
  creditor: z.strictObject({
    name: textForBank(creditorNameLengthMax).min(1),
    accountNumber: pastedNumber.min(1),
  }),
  /** A KID or a text, not both. */
  kid: pastedNumber.optional(),
  text: textForBank(messageLengthMax).optional(),
});

export const startedPaymentSchema = z.object({
  id: z.uuid(),
  status: z.enum(paymentStatuses),
  /** The bank's page where the customer approves; absent when nothing is to be approved there. */
  redirectUrl: z.url().optional(),
  next: nextStepSchema,
});

export const paymentSchema = z.object({
  id: z.uuid(),
  status: z.enum(paymentStatuses),
  /** `no`, `not_yet_known`, `yes`: whether money has left the customer's account. */
  moneyMoved: z.enum(['no', 'not_yet_known', 'yes']),
  /** Whether the bank says something that cannot be true beside what Drop holds: Drop's people look into it. */
  isContradicted: z.boolean(),
  /** Whether the bank has said that the creditor's account was credited. */
  creditorCredited: z.boolean(),
  /** Why it did not go through: a code for the words of the screen. */
  reason: z.enum(paymentFailureReasons).nullable(),
  amount: moneySchema,
  creditor: z.object({ name: z.string(), accountNumber: z.string() }),
  kid: z.string().nullable(),
  text: z.string().nullable(),
  debtor: z.object({ bankName: z.string(), accountNumber: z.string().nullable() }),
  /** What to quote to the bank. */
  bankReference: z.string().nullable(),
  /** Whether it can be called back from Drop now. */
  isCancellable: z.boolean(),
  /** Where to approve, while the bank waits for that. */
  redirectUrl: z.url().nullable(),
  /** How to approve, while the bank waits for that. */
  next: nextStepSchema,
  createdAt: timestamp,
  settledAt: timestamp.nullable(),
  timeline: z.array(z.object({ status: z.enum(paymentStatuses), at: timestamp })),
});
/** A payment that was called back, and what the customer has to do for that. */
export const cancelledPaymentSchema = paymentSchema.extend({ cancellation: nextStepSchema });
export const paymentsSchema = z.object({ payments: z.array(paymentSchema) });

export const deviceSchema = z.object({
  id: z.uuid(),
  kind: z.enum(['browser', 'app']),
  /** Such as "Chrome på Windows", in the customer's language. */
  name: z.string(),
  createdAt: timestamp,
  /** To the minute. */
  lastSeenAt: timestamp,
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
});
/** The device used last first. */
export const devicesSchema = z.object({ devices: z.array(deviceSchema) });

/** The data of one server-sent event; its `event:` field is `change`. A hint: read what it names again. */
export const changeSchema = z.object({
  kind: z.enum(['payment', 'kyc', 'account', 'connection', 'session']),
  id: z.string(),
});

export type Problem = z.output<typeof problemSchema>;
export type App = z.output<typeof appSchema>;
export type Me = z.output<typeof meSchema>;
export type KycState = z.output<typeof kycStateSchema>;
export type Bank = z.output<typeof bankSchema>;
export type Connection = z.output<typeof connectionSchema>;
export type Account = z.output<typeof accountSchema>;
export type NewPayment = z.input<typeof newPaymentSchema>;
export type StartedPayment = z.output<typeof startedPaymentSchema>;
export type Payment = z.output<typeof paymentSchema>;
export type CancelledPayment = z.output<typeof cancelledPaymentSchema>;
export type NextStep = z.output<typeof nextStepSchema>;
export type StartedConnection = z.output<typeof startedConnectionSchema>;
export type Device = z.output<typeof deviceSchema>;
export type Change = z.output<typeof changeSchema>;
