import type { ServiceFault } from '../service/service-outcome.ts';

/** The HTTP status that tells why a use case was not done. RFC 9110. */
export const STATUS_OF: Readonly<Record<ServiceFault, number>> = {
  invalid: 422,
  'not-found': 404,
  refused: 409,
  conflict: 409,
  busy: 503,
};

/** A status in words, for people. */
export const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Sign in first',
  403: 'You may not do this',
  404: 'Not found',
  405: 'This cannot be done here',
  409: 'It stands against what is recorded',
  412: 'It was changed meanwhile',
  413: 'The request is too large',
  415: 'This kind of content is not read here',
  422: 'Something in it must be mended',
  428: 'Say which version it replaces',
  429: 'Too many requests',
  500: 'A fault of the service',
  503: 'This cannot be done just now',
};

/** The phrases of RFC 9110 and RFC 6585, for programs. */
export const STATUS_PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};
