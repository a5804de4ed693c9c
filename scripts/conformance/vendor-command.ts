import { spawn } from 'node:child_process';

/** What a vendor's command printed, and how it ended. */
export interface CommandRun {
  /** The lines of stdout, without the empty end. */
  readonly lines: readonly string[];
  /** How it ended, in words; null for exit code 0. */
  readonly failure: string | null;
}

/**
 * Runs `command` with `sh -c`, writes one JSON document a line to its stdin, and collects its
 * stdout. Its stderr goes to ours. A command that ends before it has read everything is no fault of
 * ours: what it printed is judged all the same.
 */
export function runCommand(
  command: string,
  documents: readonly unknown[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CommandRun> {
  return new Promise((resolve) => {
    const child = spawn('sh', ['-c', command], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stdin.on('error', () => child.stdin.destroy());
    child.on('error', (error) => resolve({ lines: [], failure: error.message }));
    child.on('close', (code, signal) => {
      const lines = Buffer.concat(chunks).toString('utf8').split('\n');
      if (lines.at(-1) === '') lines.pop();
      const failure =
        signal === null ? (code === 0 ? null : `exit code ${code}`) : `signal ${signal}`;
      resolve({ lines, failure });
    });
    child.stdin.end(documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
  });
}
