/** One delivery of an incident to a person or a channel. */
export interface Delivery {
  /** Minutes after the incident began at which its step was due. */
  minute: number;
  at: string;
  channel: 'slack' | 'email' | 'sms';
  to: string;
  isDelivered: boolean;
}

/** An outage of one monitor or heartbeat. */
export interface Incident {
  id: string;
  subject: { kind: 'monitors' | 'heartbeats'; id: string };
  name: string;
  cause: string;
  startedAt: Date;
  acknowledgedAt?: Date;
  resolvedAt?: Date;
  /** How many steps of the escalation were taken. */
  stepsTaken: number;
  deliveries: Delivery[];
  /** The text that the escalation wrote into its timeline, as Markdown. */
  instructions: string[];
}

/** What BetterStack knows of one monitor or heartbeat at the moment. */
export interface Observation {
  status: 'pending' | 'up' | 'down' | 'paused';
  /** When it was checked, or a heartbeat came. */
  lastAt?: Date;
  /** Since when checks succeed, while an incident is open. */
  upSince?: Date | undefined;
}

const incidentsMax = 200;

/** The incidents and observations of the account. */
export class Incidents {
  #incidents: Incident[] = [];
  #observations = new Map<string, Observation>();
  #nextId = 1;

  list(): readonly Incident[] {
    return this.#incidents;
  }

  open(): Incident[] {
    return this.#incidents.filter(({ resolvedAt }) => resolvedAt === undefined);
  }

  find(id: string): Incident | undefined {
    return this.#incidents.find((incident) => incident.id === id);
  }

  openOf({ kind, id }: Incident['subject']): Incident | undefined {
    return this.open().find(({ subject }) => subject.kind === kind && subject.id === id);
  }

  begin(of: Pick<Incident, 'subject' | 'name' | 'cause' | 'startedAt'>): Incident {
    const incident = { ...of, id: `${this.#nextId}`, stepsTaken: 0, deliveries: [], instructions: [] };
    this.#nextId += 1;
    this.#incidents = [...this.#incidents, incident].slice(-incidentsMax);
    return incident;
  }

  observed({ kind, id }: Incident['subject']): Observation {
    return this.#observations.get(`${kind}/${id}`) ?? { status: 'pending' };
  }

  observe({ kind, id }: Incident['subject'], observation: Observation): void {
    this.#observations.set(`${kind}/${id}`, observation);
  }

  reset(): void {
    this.#incidents = [];
    this.#observations.clear();
    this.#nextId = 1;
  }

  save(): object {
    return { incidents: this.#incidents, observations: this.#observations, nextId: this.#nextId };
  }

  restore(saved: object): void {
    const { incidents, observations, nextId } = saved as {
      incidents: Incident[];
      observations: Map<string, Observation>;
      nextId: number;
    };
    this.#incidents = incidents;
    this.#observations = observations;
    this.#nextId = nextId;
  }
}
