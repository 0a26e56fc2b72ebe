/** The header in which the web app names the customer whose data its page shows, by the `id` of `GET /api/me`. */
export type CustomerHeader = 'Drop-Customer';
