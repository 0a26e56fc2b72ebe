/** Below the issuer, as Keycloak has them, on which BankID is built. */
export const tokenPath = '/protocol/openid-connect/token';
export const parPath = '/protocol/openid-connect/ext/par/request';
/** Named by headers that bring their key along; nobody should come here. */
export const broughtKeysPath = '/brought-keys';
