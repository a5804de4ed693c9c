/** Where the lines of the log go. */
export interface LogOutput {
  write(line: string): void;
  /** Writes what waits. */
  flush(): void;
}

/**
 * The lines of one turn of the event loop in one write, in their order. What waits must be flushed where
 * the process ends; one that is killed loses the lines of one turn.
 */
export function linesTogether(write: (lines: string) => void): LogOutput {
  let waiting = '';
  const flush = () => {
    if (waiting === '') return;
    const lines = waiting;
    waiting = '';
    write(lines);
  };
  return {
    write: (line) => {
      if (waiting === '') setImmediate(flush);
      waiting += line;
    },
    flush,
  };
}
