/** What the command line and pages need of the store: who opens it, and what may be wrong with its file. */

export type { AuditAction } from '../store/audit.ts';
export type { Clinic } from '../store/clinic.ts';
export { StoreFault, type StoreFaultKind } from '../store/store-fault.ts';
export type { StoreAccess } from './open-context.ts';
export type { SchedulerContext } from './scheduler-context.ts';
export type { ServiceOutcome } from './service-outcome.ts';
