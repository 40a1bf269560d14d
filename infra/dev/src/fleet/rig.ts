import type { KafkaExtras } from './engine-units.js';
import type { Ports } from './ports.js';

/** How a fleet is set up to be broken on purpose; an ordinary one has none of it. */
export interface Rig {
  readonly kafka: KafkaExtras;
  /** Ports at which the services find Kafka and PostgreSQL, in place of the engines' own. */
  readonly reach: Pick<Ports, 'kafka' | 'postgres'>;
  /** Settings that one process gets and the others do not. */
  readonly envOf: (unit: string) => NodeJS.ProcessEnv;
}

/** Called when it is known where everything listens, before anything starts. */
export type MakeRig = (ports: Ports) => Promise<Rig>;
