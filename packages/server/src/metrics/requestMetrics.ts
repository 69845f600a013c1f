import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** A request that has ended, as it is counted. Every value is one of a few: none is the caller's. */
export interface EndedRequest {
  /** The pattern of the route, such as `/intake/v1/:source`; undefined: none was found. */
  readonly route: string | undefined;
  readonly operation: string | undefined;
  readonly status: number;
  readonly code: string | undefined;
  readonly seconds: number;
  readonly database: string | undefined;
  /** What has become of the lead that came with it. */
  readonly outcome: string | undefined;
  /** The contacts of a pull that it carried. */
  readonly pulled: { readonly contacts: number; readonly delivery: Delivery } | undefined;
}

/** `uncertain`: the connection ended before the answer was written. */
export type Delivery = 'written' | 'uncertain' | 'repeated';

/** What is counted of requests, in this process. */
export interface RequestMetrics {
  begun(): void;
  ended(request: EndedRequest): void;
  /** A request that could not be read, and has not begun. */
  unread(status: number, code: string): void;
}

export function createRequestMetrics(registry: Registry): RequestMetrics {
  const registers = [registry];
  const requests = new Counter({
    name: 'relais_requests_total',
    help: 'Requests that ended, by route, operation, status and Error-Code.',
    labelNames: ['route', 'operation', 'status', 'code'],
    registers,
  });
  const duration = new Histogram({
    name: 'relais_request_duration_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['route', 'operation'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const inFlight = new Gauge({
    name: 'relais_requests_in_flight',
    help: 'Requests that are being answered.',
    registers,
  });
  const pulled = new Counter({
    name: 'relais_contacts_pulled_total',
    help: 'Contacts in answers to pulls: written whole, uncertain, or of a pull repeated.',
    labelNames: ['database', 'delivery'],
    registers,
  });
  const leads = new Counter({
    name: 'relais_leads_total',
    help: 'Leads that came by HTTP, by what has become of them.',
    labelNames: ['database', 'outcome'],
    registers,
  });
  return {
    begun: () => inFlight.inc(),
    unread: (status, code) => requests.inc({ route: 'none', operation: '', status, code }),
    ended(request) {
      inFlight.dec();
      const route = request.route ?? 'none';
      const operation = request.operation ?? '';
      const { status, code = '', database = '' } = request;
      requests.inc({ route, operation, status, code });
      duration.observe({ route, operation }, request.seconds);
      if (request.pulled) {
        const { contacts, delivery } = request.pulled;
        pulled.inc({ database, delivery }, contacts);
      }
      if (request.outcome) leads.inc({ database, outcome: request.outcome });
    },
  };
}
