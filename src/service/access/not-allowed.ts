import { fail, type ServiceFailure } from '../service-outcome.ts';

/** The caller has no role that allows this. */
export function notAllowed(what: string): ServiceFailure {
  return fail('refused', {
    path: '',
    message: `this account may not ${what} in the clinic`,
    mend: 'ask whoever administers the clinic',
  });
}
