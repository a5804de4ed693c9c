/** What the command line tells the shell. promises.md, "Command line". */
export const EXIT = {
  done: 0,
  fault: 1,
  usage: 2,
  invalidInput: 3,
  notFound: 5,
  partlyDone: 8,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
