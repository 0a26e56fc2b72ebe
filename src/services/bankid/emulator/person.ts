import type { SandboxPerson } from '#services/definition.ts';

/** A person to sign in as. */
export type BankIdPerson = SandboxPerson;
