/** The documents of the case file as schemas, for doors that tell their callers what they read. */

export { episodeSchema } from '../../input/episode-schema.ts';
export { eventSchema } from '../../input/event-schema.ts';
