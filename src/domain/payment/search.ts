import { bankText } from '../banking/bank-text.ts';
import { plainNumber } from '../plain-number.ts';
import { idEndingOf } from './short-reference.ts';

/** The longest text to search for, in characters: that of the longest message of a payment. */
export const searchLengthMax = 140;

/** A customer's search in their payments. */
export interface PaymentSearch {
  /** A part of the creditor's name, or of the text of the payment, in any case. */
  text: string;
  /** A part of the KID or of the creditor's account number; undefined where the text is no number. */
  digits: string | undefined;
  /** The amounts that the text stands for, in øre, both included; undefined where it is no amount. */
  oere: { from: number; to: number } | undefined;
  /** The end of the id, where the text may be a short reference. */
  idEnding: string | undefined;
}

/** With points or commas as in Norwegian or in English; where a sign may separate thousands, it does. */
const amountPattern = /^(?<whole>\d{1,3}(?:[ .,]\d{3})+|\d{1,9})(?:[.,](?<decimals>\d{1,2}|-))?$/;
/** Account numbers and KIDs are written in groups. */
const groupedDigits = /^\d[\d .]*$/;
/** The fewest digits by which a KID or an account number is found: shorter parts occur in most of them. */
const digitsMin = 3;

/**
 * Reads the text of a search field. An amount without øre finds every payment of these kroner: `450` finds 450,00 and
 * 450,50. Undefined where nothing is to be searched for.
 */
export function readPaymentSearch(written: string): PaymentSearch | undefined {
  const text = bankText(written.toWellFormed().replace(/[\p{Control}\s]+/gu, ' '));
  if (text === '') return undefined;
  const number = plainNumber(text).trim();
  const digits = groupedDigits.test(number) && !/\.\d{1,2}$/.test(number) ? number.replace(/\D/g, '') : '';
  return {
    text,
    digits: digits.length >= digitsMin ? digits : undefined,
    oere: amountsOf(number),
    idEnding: idEndingOf(text),
  };
}

function amountsOf(number: string): PaymentSearch['oere'] {
  const written = number.replace(/^(?:NOK|kr\.?) ?/i, '').replace(/ ?(?:NOK|kr\.?|kroner)$/i, '');
  const { whole, decimals } = amountPattern.exec(written)?.groups ?? {};
  if (whole === undefined) return undefined;
  const kroner = Number(whole.replace(/\D/g, '')) * 100;
  if (decimals === undefined) return { from: kroner, to: kroner + 99 };
  const exact = kroner + (decimals === '-' ? 0 : Number(decimals.padEnd(2, '0')));
  return { from: exact, to: exact };
}
