/** The code lists of a payment request, by the names of the OpenAPI's schemas. */

export const paymentTypes = [
  ...(['SEPA', 'INST_SEPA', 'DOMESTIC', 'CROSSBORDER', 'DOMESTIC_SE_GIRO', 'INTERNAL'] as const),
  ...(['BULK_SEPA', 'BULK_DOMESTIC', 'BULK_DOMESTIC_SE_GIRO'] as const),
] as const;

export const schemeNames = [
  ...([
    'CHID',
    'GS1G',
    'DUNS',
    'BANK',
    'TXID',
    'CUST',
    'EMPL',
    'OTHC',
    'DRLC',
    'CUSI',
    'SOSE',
    'ARNU',
  ] as const),
  ...(['CCPT', 'OTHI', 'COID', 'SREN', 'SRET', 'NIDN', 'OAUT', 'CPAN', 'BBAN', 'IBAN', 'MIBN'] as const),
  ...(['BGNR', 'PGNR'] as const),
] as const;

export const addressTypes = [
  ...(['Business', 'Correspondence', 'DeliveryTo', 'MailTo', 'POBox'] as const),
  ...(['Postal', 'Residential', 'Statement'] as const),
] as const;

export const serviceLevelCodes = [
  ...(['BKTR', 'G001', 'G002', 'G003', 'G004', 'NUGP', 'NURG'] as const),
  ...(['PRPT', 'SDVA', 'SEPA', 'SVDE', 'URGP', 'URNS'] as const),
] as const;

export const categoryPurposeCodes = [
  ...(['BONU', 'CASH', 'CBLK', 'CCRD', 'CORT', 'DCRD', 'DIVI', 'DVPM', 'EPAY', 'FCOL', 'GOVT'] as const),
  ...(['HEDG', 'ICCP', 'IDCP', 'INTC', 'INTE', 'LOAN', 'MP2B', 'MP2P', 'OTHR', 'PENS', 'RPRE'] as const),
  ...(['RRCT', 'RVPM', 'SALA', 'SECU', 'SSBE', 'SUPP', 'TAXS', 'TRAD', 'TREA', 'VATX', 'WHLD'] as const),
] as const;

export const priorityCodes = ['HIGH', 'NORM', 'EXPR'] as const;
export const purposeCodes = ['ACCT', 'CASH', 'COMC', 'CPKC', 'TRPT'] as const;
export const chargeBearerCodes = ['SLEV', 'SHAR', 'DEBT', 'CRED'] as const;
export const executionRules = ['FWNG', 'PREC'] as const;
export const frequencyCodes = ['DAIL', 'WEEK', 'TOWK', 'MNTH', 'TOMN', 'QUTR', 'SEMI', 'YEAR'] as const;
