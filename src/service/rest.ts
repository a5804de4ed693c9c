/** Gives others their turn; waited for between the pieces of long work. */
export type Rest = () => Promise<void>;

/** Where nobody else waits. */
export const NO_REST: Rest = async () => undefined;

/** So many episodes are planned between two rests. */
export const BETWEEN_RESTS = 20;
