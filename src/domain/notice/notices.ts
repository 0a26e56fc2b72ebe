/** The subjects of notices. The parameters of a notice name the row from which its text takes amounts and names. */
export interface NoticeSubjects {
  payment: { paymentId: string };
  connection: { connectionId: string };
  verification: Record<never, never>;
  device: { sessionId: string; program: string | null; system: string | null };
  sign_in: Record<never, never>;
  address: { addressId: string };
  data_copy: Record<never, never>;
}

export type NoticeSubject = keyof NoticeSubjects;

/**
 * The categories of notices. Mails about money and security are always sent; the customer chooses about the others.
 */
export type NoticeCategory = 'money' | 'security' | 'consent' | 'verification';

export const optionalCategories = ['consent', 'verification'] as const satisfies NoticeCategory[];
export type OptionalCategory = (typeof optionalCategories)[number];

interface Notice<Subject extends NoticeSubject = NoticeSubject> {
  subject: Subject;
  category: NoticeCategory;
  /**
   * `app`: an entry in the app. `mail`: a mail to the verified address, if there is one. `mail_to_address`: a mail to
   * the address that the parameters name.
   */
  channels: readonly ('app' | 'mail' | 'mail_to_address')[];
}

function notice<Subject extends NoticeSubject>(row: Notice<Subject>): Notice<Subject> {
  return row;
}

const everywhere = ['app', 'mail'] as const;

/** Every message to a customer. Each has its texts in `src/usecases/notify/texts/`. */
export const notices = {
  payment_settled: notice({ subject: 'payment', category: 'money', channels: everywhere }),
  payment_rejected: notice({ subject: 'payment', category: 'money', channels: everywhere }),
  payment_cancelled: notice({ subject: 'payment', category: 'money', channels: ['app'] }),
  payment_expired: notice({ subject: 'payment', category: 'money', channels: ['app'] }),
  payment_failed: notice({ subject: 'payment', category: 'money', channels: ['app'] }),
  payment_due_tomorrow: notice({ subject: 'payment', category: 'money', channels: everywhere }),
  consent_expires_soon: notice({ subject: 'connection', category: 'consent', channels: everywhere }),
  consent_expired: notice({ subject: 'connection', category: 'consent', channels: everywhere }),
  consent_withdrawn: notice({ subject: 'connection', category: 'consent', channels: everywhere }),
  verification_approved: notice({ subject: 'verification', category: 'verification', channels: everywhere }),
  verification_rejected: notice({ subject: 'verification', category: 'verification', channels: everywhere }),
  verification_retry: notice({ subject: 'verification', category: 'verification', channels: everywhere }),
  new_device: notice({ subject: 'device', category: 'security', channels: everywhere }),
  sign_in_refused: notice({ subject: 'sign_in', category: 'security', channels: everywhere }),
  address_verification: notice({ subject: 'address', category: 'security', channels: ['mail_to_address'] }),
  address_verified: notice({ subject: 'address', category: 'security', channels: ['app'] }),
  address_replaced: notice({ subject: 'address', category: 'security', channels: ['mail_to_address'] }),
  address_removed: notice({ subject: 'address', category: 'security', channels: ['mail_to_address'] }),
  account_closed: notice({ subject: 'address', category: 'security', channels: ['mail_to_address'] }),
  data_copy_ready: notice({ subject: 'data_copy', category: 'security', channels: everywhere }),
} as const satisfies Record<string, Notice>;

export type NoticeCode = keyof typeof notices;

/** The subject of the notices with `Code`. */
export type SubjectOf<Code extends NoticeCode> = (typeof notices)[Code]['subject'];

/** The parameters of the notices with `Code`. */
export type NoticeParameters<Code extends NoticeCode> = NoticeSubjects[SubjectOf<Code>];

export function isNoticeCode(code: string): code is NoticeCode {
  return Object.hasOwn(notices, code);
}
