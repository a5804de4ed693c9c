import { z } from 'zod';
import { formatDay } from '../../domain/civil-date.ts';
import { ROLES } from '../../domain/role.ts';
import { clinicProtocols } from '../../service/clinic/clinic-protocols.ts';
import { type ClinicStatus, storeStatus } from '../../service/night/store-status.ts';
import type { Answer } from '../answer.ts';
import type { AccountCall, ClinicCall } from '../call.ts';
import { jsonAnswer } from '../respond.ts';
import type { Route } from '../route.ts';
import { API_BASE } from './api-paths.ts';
import { dateText } from './plan-answer.ts';

/** An instant in an answer: ISO 8601, UTC. */
export const instantText = z.string().meta({ format: 'date-time' });

/** The clinics in which the caller has a role. */
export const clinicsAnswer = z.object({
  clinics: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      zone: z.string(),
      roles: z.array(z.enum(ROLES)),
    }),
  ),
});

/** The protocol versions that a clinic keeps. */
export const protocolsAnswer = z.object({
  protocols: z.array(
    z.object({
      id: z.string(),
      version: z.string(),
      title: z.string(),
      hash: z.string(),
      readable: z.boolean(),
      approvals: z.array(
        z.object({ clinician: z.string(), date: dateText, note: z.string().optional() }),
      ),
      episodes: z.int(),
    }),
  ),
});

/** How the nightly job of a clinic stands. */
export const statusAnswer = z.object({
  clinic: z.string(),
  lastRun: z
    .object({
      asOf: dateText,
      startedAt: instantText,
      finishedAt: instantText,
      ageSeconds: z.int(),
      episodes: z.int(),
      counts: z.record(z.string(), z.int()),
    })
    .nullable(),
  unfinished: z.object({ startedAt: instantText, state: z.enum(['running', 'killed']) }).nullable(),
  since: z.object({
    registered: z.int(),
    changed: z.int(),
    erased: z.int(),
    behind: z.int(),
    notLookedAt: z.int(),
  }),
});

/** What is asked about clinics as such. */
export const CLINIC_API: readonly Route[] = [
  {
    method: 'GET',
    path: `${API_BASE}/clinics`,
    door: 'api',
    needs: 'account',
    api: {
      id: 'listClinics',
      summary: 'The clinics in which the caller has a role',
      answer: clinicsAnswer,
    },
    handle: listClinics,
  },
  {
    method: 'GET',
    path: `${API_BASE}/clinics/:clinic/protocols`,
    door: 'api',
    needs: 'read',
    api: {
      id: 'listProtocols',
      summary: 'Every protocol version that the clinic keeps, with its approvals',
      answer: protocolsAnswer,
    },
    handle: listProtocols,
  },
  {
    method: 'GET',
    path: `${API_BASE}/clinics/:clinic/status`,
    door: 'api',
    needs: 'read',
    api: {
      id: 'showStatus',
      summary: 'How the nightly job stands, and what changed since',
      answer: statusAnswer,
    },
    handle: showStatus,
  },
];

async function listClinics({ caller, clinics }: AccountCall): Promise<Answer> {
  const told = clinics.map(({ id, code, name, zone }) => {
    const roles = [...(caller.roles.get(id) ?? [])].sort();
    return { code, name, zone, roles };
  });
  return jsonAnswer({ clinics: told });
}

async function listProtocols({ context, clinic }: ClinicCall): Promise<Answer> {
  return jsonAnswer({ protocols: await clinicProtocols(context, clinic) });
}

async function showStatus({ context, clinic }: ClinicCall): Promise<Answer> {
  const [status] = await storeStatus(context, [clinic]);
  return jsonAnswer(status === undefined ? null : statusDocument(status));
}

function statusDocument({ clinic, lastRun, age, unfinished, since }: ClinicStatus) {
  return {
    clinic: clinic.code,
    lastRun:
      lastRun === null
        ? null
        : {
            asOf: formatDay(lastRun.asOf),
            startedAt: instant(lastRun.startedAt),
            finishedAt: instant(lastRun.finishedAt ?? lastRun.startedAt),
            ageSeconds: Math.floor((age ?? 0) / 1000),
            episodes: lastRun.report?.episodes ?? 0,
            counts: lastRun.report?.counts ?? {},
          },
    unfinished:
      unfinished === null
        ? null
        : { startedAt: instant(unfinished.run.startedAt), state: unfinished.state },
    since,
  };
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
