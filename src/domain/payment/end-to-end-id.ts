/** The end-to-end identification of a payment (ISO 20022, at most 35 characters): its id as 32 hexadecimal digits. */
export function endToEndIdOf(paymentId: string): string {
  return paymentId.replaceAll('-', '').toLowerCase();
}

/**
 * The id of the payment that an end-to-end identification names; undefined when it is not in Drop's format. Some banks
 * write it in capitals or in groups.
 */
export function paymentIdOf(endToEndId: string): string | undefined {
  const match = /^([\da-f]{8})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{4})-?([\da-f]{12})$/i.exec(
    endToEndId.replace(/\s+/g, ''),
  );
  return match?.slice(1).join('-').toLowerCase();
}
