import { Gauge, type Registry } from 'prom-client';
import type { Databases } from '../installation/databases.ts';

/** The pools of this process, read when somebody asks. */
export function createPoolMetrics(registry: Registry, databases: Databases): void {
  const registers = [registry];
  new Gauge({
    name: 'relais_pool_limit',
    help: 'Connections that a pool may open.',
    labelNames: ['pool'],
    registers,
    collect() {
      this.reset();
      for (const [pool, { limit }] of databases.pools()) this.set({ pool }, limit);
    },
  });
  new Gauge({
    name: 'relais_pool_connections',
    help: 'Connections that are open: busy or idle.',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      this.reset();
      for (const [pool, { size, idle }] of databases.pools()) {
        this.set({ pool, state: 'idle' }, idle);
        this.set({ pool, state: 'busy' }, size - idle);
      }
    },
  });
  new Gauge({
    name: 'relais_pool_waiting',
    help: 'Callers that wait for a connection.',
    labelNames: ['pool'],
    registers,
    collect() {
      this.reset();
      for (const [pool, { waiting }] of databases.pools()) this.set({ pool }, waiting);
    },
  });
}
