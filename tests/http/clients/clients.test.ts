import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../../src/http/app.ts';
import { listen } from '../../../src/http/listen.ts';
import { recordEvents } from '../../../src/service/episode/record-events.ts';
import { registerEpisode } from '../../../src/service/episode/register-episode.ts';
import { StoreFault } from '../../../src/service/store-access.ts';
import { ok } from '../../cli/clinic-store.ts';
import { readEvents } from '../../export/read-calendar.ts';
import { REQUIRED } from '../../export/readers/readers.ts';
import { type HttpClinic, httpClinic } from '../http-clinic.ts';
import { subscribe } from '../subscribed.ts';
import { CLIENTS, type Client, type ClientEvent, follow, isInstalled } from './clients.ts';

const LOCAL = { host: '127.0.0.1', port: 0, behindProxy: false };
const GRACE_MS = 100;
const DAY = 86_400_000;
/** A client that fetches in the background is asked so often whether it has done so. */
const MOST_LOOKS = 20;
const BETWEEN_LOOKS_MS = 250;

async function record({ access, clinic }: HttpClinic, ...events: readonly object[]) {
  ok(await recordEvents(access, { clinic, episode: 'EP-1', events }));
}

/** What the calendar holds that is not cancelled, in the fields that a client tells. */
function current(text: string, { ownUids }: Client): ClientEvent[] {
  return inOrder(
    readEvents(text).map(({ uid, start, summary, status }) => ({ uid, start, summary, status })),
    ownUids,
  );
}

function inOrder(events: readonly ClientEvent[], ownUids: boolean): ClientEvent[] {
  return events
    .filter(({ status }) => status !== 'CANCELLED')
    .map((event) => (ownUids ? { ...event, uid: '' } : event))
    .sort((a, b) =>
      `${a.start} ${a.uid} ${a.summary}` < `${b.start} ${b.uid} ${b.summary}` ? -1 : 1,
    );
}

describe.each(CLIENTS)('$name', (client) => {
  const installed = isInstalled(client);

  it.runIf(REQUIRED)('is installed', () => {
    expect(installed, 'install the packages of .ci/packages.txt').toBe(true);
  });

  it.runIf(installed)(
    'holds exactly what is planned: visits move, one is cancelled, one booked; and keeps it while the store is away',
    {
      timeout: 150_000,
    },
    async () => {
      const http = await httpClinic({ sample: false });
      const { access, clinic } = http;
      const episode = { id: 'EP-1', laterality: 'left', ablation: { date: '2026-06-01' } };
      const document = { episode: { ...episode, patientRef: 'P-1' }, events: [] };
      ok(await registerEpisode(access, { clinic, document }));
      const subject = { kind: 'patient', patientRef: 'P-1' } as const;
      const feed = await subscribe(http, subject, { privacy: 'coded', days: 365 });
      const listener = await listen(createApp(http.service), LOCAL);
      const follower = follow(client, `http://127.0.0.1:${listener.port}/f/${feed.token}.ics`);

      /** What the client holds once it has seen the calendar as it stands. */
      const settled = async (): Promise<ClientEvent[]> => {
        const wanted = current(await feed.text(), client);
        let held: ClientEvent[] = [];
        for (let look = 0; look < MOST_LOOKS; look += 1) {
          held = inOrder(await follower.look(), client.ownUids);
          if (JSON.stringify(held) === JSON.stringify(wanted)) break;
          http.pass(DAY / 24);
          await pause(BETWEEN_LOOKS_MS);
        }
        expect(held).toEqual(wanted);
        return held;
      };

      try {
        const first = await settled();
        expect(first.length).toBeGreaterThan(5);
        const startsOf = (events: readonly ClientEvent[]) => events.map(({ start }) => start);

        const appointment = '2026-09-02T09:30[Europe/Berlin]';
        await record(http, {
          type: 'booking',
          date: '2026-06-15',
          visit: 'a1.baseline',
          appointment,
        });
        const booked = await settled();
        expect(startsOf(booked)).toContain('2026-09-02T07:30:00Z');
        expect(booked).toHaveLength(first.length);

        http.pass(100 * DAY);
        await record(http, { type: 'imaging', date: '2026-09-23', modality: 'MRI', biRads: '3' });
        const moved = await settled();
        expect(startsOf(moved)).not.toContain('2026-09-02T07:30:00Z');
        expect(startsOf(moved)).not.toEqual(startsOf(booked).slice(1));
        expect(
          readEvents(await feed.text()).filter(({ status }) => status === 'CANCELLED'),
        ).not.toEqual([]);
        expect(await settled()).toEqual(moved);

        // The store is away: the program keeps what it has.
        access.store.auditHead = async () => {
          throw new StoreFault('io', 'the file cannot be read');
        };
        expect((await feed.fetch()).status).toBe(503);
        expect(inOrder(await follower.look(), client.ownUids)).toEqual(moved);
      } finally {
        await follower.end();
        await listener.stop(GRACE_MS);
      }
    },
  );
});
