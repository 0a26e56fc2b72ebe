/** How many cards a customer may have had. */
export const cardsMax = 100;

/** How many purchases may be tried with one card. */
export const purchasesMax = 1_000;

/** How many authorisations of a card are shown, the newest ones. */
export const shownAuthorizationsMax = 50;

/** The largest spending limit and test purchase: 1 000 000 in the currency's major unit. */
export const cardAmountMax = 100_000_000;

/** The longest name of a merchant, as card networks carry it. */
export const merchantNameLengthMax = 22;

/** The currency of test cards. */
export const cardCurrency = 'NOK';
