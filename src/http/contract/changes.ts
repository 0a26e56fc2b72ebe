/** The data of one server-sent event; its `event:` field is `change`. A hint: read what it names again. */
export interface Change {
  kind: 'payment' | 'kyc' | 'account' | 'connection' | 'session' | 'notification';
  id: string;
}
