import type { ServiceFault } from '../service/service-outcome.ts';

/** The HTTP status that tells why a use case was not done. RFC 9110. */
export const STATUS_OF: Readonly<Record<ServiceFault, number>> = {
  invalid: 422,
  'not-found': 404,
  refused: 409,
  conflict: 409,
  busy: 503,
};

/** A status in the words of RFC 9110, for pages and problem+json. */
export const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'You may not do this',
  404: 'Not found',
  405: 'This cannot be done here',
  409: 'It stands against what is recorded',
  413: 'The request is too large',
  415: 'This kind of content is not read here',
  422: 'Something in it must be mended',
  429: 'Too many requests',
  500: 'A fault of the service',
  503: 'The store cannot be used just now',
};
