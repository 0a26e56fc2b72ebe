/** Relative to the issuer, as in Keycloak, on which BankID is built. */
export const tokenPath = '/protocol/openid-connect/token';
export const parPath = '/protocol/openid-connect/ext/par/request';
/** Named by token headers that bring their own key; a relying party must never request it. */
export const broughtKeysPath = '/brought-keys';
