import type { EventType } from '../../domain/event.ts';
import { eventSchema } from '../../service/case/case-schemas.ts';

/** The types of events, as the schema of events tells them apart. */
export const EVENT_TYPES: readonly EventType[] = eventSchema.options.flatMap(({ shape }) => [
  ...shape.type.values,
]);
