import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Buckets of the answer times, in seconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** How the nightly job of a clinic stands; null: none has ended. */
export interface NightlyAge {
  readonly clinic: string;
  readonly ageMs: number | null;
}

/** Figures for Prometheus: numbers of requests and their times by route, never by patient. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: 'cryowatch_http_requests_total',
    help: 'Requests by the pattern of their route',
    labelNames: ['route', 'method', 'status'],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: 'cryowatch_http_request_seconds',
    help: 'Time until the answer was ready',
    labelNames: ['route'],
    buckets: SECONDS,
    registers: [this.#registry],
  });
  readonly #signIns = new Counter({
    name: 'cryowatch_sign_ins_total',
    help: 'Attempts to sign in by what became of them',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  request(line: {
    readonly route: string;
    readonly method: string;
    readonly status: number;
    readonly milliseconds: number;
  }): void {
    const { route, method, status, milliseconds } = line;
    this.#requests.inc({ route, method, status });
    this.#seconds.observe({ route }, milliseconds / 1000);
  }

  signIn(outcome: 'done' | 'refused' | 'throttled'): void {
    this.#signIns.inc({ outcome });
  }

  /** The figures as text, in the exposition format of Prometheus. */
  async text(nightly: readonly NightlyAge[]): Promise<string> {
    // Of their own for each who asks: two who ask at one time may do so of different clinics.
    const own = new Registry();
    const age = new Gauge({
      name: 'cryowatch_nightly_age_seconds',
      help: 'Time since the last finished nightly run of a clinic; absent: none has finished',
      labelNames: ['clinic'],
      registers: [own],
    });
    for (const { clinic, ageMs } of nightly) {
      if (ageMs !== null) age.set({ clinic }, ageMs / 1000);
    }
    return `${await this.#registry.metrics()}\n${await own.metrics()}`;
  }

  get contentType(): string {
    return this.#registry.contentType;
  }
}
