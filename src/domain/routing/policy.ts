/** Why a move takes no customer any more: an operator, or Drop after a fault that would have come again. */
export interface Stop {
  /** ISO 8601. */
  at: string;
  reason: string;
}

/**
 * Takes customers to another provider with their next consent. `new_customers` are those who have none yet; `everyone`
 * also takes those who renew a consent, or link one more bank.
 */
export interface Move {
  /** The provider's id. */
  to: string;
  whom: 'new_customers' | 'everyone';
  /** From 0 to 100. */
  sharePercent: number;
  /** Only these banks, by key (`bankKeyOf`); all of them where it is left out. */
  banks?: readonly string[] | undefined;
  /** Customers by id that it takes whatever the share and however long they have been customers. */
  customers?: readonly string[] | undefined;
  /** Customers by id that it never takes. */
  exceptCustomers?: readonly string[] | undefined;
  stopped?: Stop | undefined;
}

/**
 * Which provider serves a consent that is begun now. The first move that takes the customer decides, else it is `home`.
 * `salt` gives the cohorts and stays for as long as the same moves are carried on.
 */
export interface RoutingPolicy {
  salt: string;
  /** The id of the provider of all that no move takes. */
  home: string;
  moves: readonly Move[];
}

/** A fault in a policy, with the path of the part. */
export interface PolicyFault {
  path: string;
  message: string;
}

/** What is wrong with a policy whose parts have the right types. `providers` are the ids that there are. */
export function policyFaults(policy: RoutingPolicy, providers: readonly string[]): PolicyFault[] {
  const isThere = (path: string, id: string): PolicyFault[] =>
    providers.includes(id)
      ? []
      : [{ path, message: `${id} is no provider of this Drop: it has ${providers.join(', ')}` }];
  return [
    ...isThere('home', policy.home),
    ...policy.moves.flatMap((move, index) =>
      moveFaults(policy, move, index).concat(isThere(`moves.${index}.to`, move.to)),
    ),
  ];
}

function moveFaults({ home, moves }: RoutingPolicy, move: Move, index: number): PolicyFault[] {
  const at = (part: string, message: string): PolicyFault => ({ path: `moves.${index}.${part}`, message });
  const both = (move.customers ?? []).find((id) => move.exceptCustomers?.includes(id));
  const isRepeated = moves.slice(0, index).some((other) => other.to === move.to);
  return [
    ...(move.to === home ? [at('to', 'is the home, from which the move leads away')] : []),
    ...(isRepeated ? [at('to', 'has a move already: give the banks and the share there')] : []),
    ...(move.banks?.length === 0 ? [at('banks', 'names no bank: leave it out for all of them')] : []),
    ...(both === undefined ? [] : [at('customers', `${both} is also among exceptCustomers`)]),
  ];
}
