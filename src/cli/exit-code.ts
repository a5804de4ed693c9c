/** What the command line tells the shell. promises.md, "Command line". */
export const EXIT = {
  done: 0,
  fault: 1,
  usage: 2,
  invalidInput: 3,
  notFound: 5,
  /** Somebody else is at it, or was faster: the same again may work. */
  busy: 6,
  /** The store is damaged, too new, not ours, or sealed with another key. */
  storeUnusable: 7,
  partlyDone: 8,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
