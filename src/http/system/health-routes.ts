import { storeStatus } from '../../service/night/store-status.ts';
import type { Answer } from '../answer.ts';
import type { AccountCall, OpenCall } from '../call.ts';
import { textAnswer } from '../respond.ts';
import type { Route } from '../route.ts';

/** What watches over the service. Nothing here tells of a patient. */
export const HEALTH_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/health', door: 'bare', needs: 'nothing', handle: health },
  { method: 'GET', path: '/ready', door: 'bare', needs: 'nothing', handle: ready },
  { method: 'GET', path: '/metrics', door: 'bare', needs: 'account', handle: metrics },
];

/** The process answers. */
async function health(): Promise<Answer> {
  return textAnswer('ok\n');
}

/** The store can be read; a fault of it is a 503. */
async function ready({ service }: OpenCall): Promise<Answer> {
  await service.access.store.auditHead();
  return textAnswer('ready\n');
}

/** Figures for Prometheus, to the owner of an API key; of the nights those of the clinics in which it has a role. */
async function metrics({ service, clinics }: AccountCall): Promise<Answer> {
  const status = await storeStatus(service.access, clinics);
  const nightly = status.map(({ clinic, age }) => ({ clinic: clinic.code, ageMs: age }));
  const { metrics: figures } = service;
  return textAnswer(await figures.text(nightly), 200, figures.contentType);
}
