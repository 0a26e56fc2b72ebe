import type { Customer } from '#services/open-banking/service.ts';

/** Fjord Pay's banks know their customers by name and national identity number. */
export function toCustomer({ id, name, nationalIdentityNumber }: Customer): object {
  return { reference: id, name, national_identity_number: nationalIdentityNumber?.reveal() };
}
