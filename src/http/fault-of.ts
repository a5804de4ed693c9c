import { StoreFault } from '../service/store-access.ts';
import type { FaultLine } from './log.ts';

/** Where in our code an error arose, without its message, which may have lines that look like places. */
export function faultOf(error: unknown): Omit<FaultLine, 'requestId'> {
  if (!(error instanceof Error)) return { kind: typeof error, at: [] };
  const { name, message, stack = '' } = error;
  const places = stack.slice(stack.indexOf(message) + message.length);
  const frames = places.split('\n').filter((line) => PLACE.test(line));
  const kind = error instanceof StoreFault ? `${name}:${error.kind}` : name;
  return { kind, at: frames.slice(0, 5).map((line) => line.trim()) };
}

const PLACE = /^\s+at .*:\d+:\d+\)?$/;
