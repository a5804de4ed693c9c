import type { Command } from 'commander';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { fileFault } from '../faults/file-faults.ts';
import { readText } from '../input/read-cases.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where a password comes from: never from the command line, which others on the machine can read. */
export interface PasswordOptions {
  readonly passwordFile?: string;
}

export function addPasswordOption(command: Command): Command {
  return command.option(
    '--password-file <file>',
    'file whose one line is the password; - is standard input. It is never given on the command line',
  );
}

/** The password in the file, without its line's end. It is never told in a fault. */
export async function readPassword(
  surroundings: Surroundings,
  { passwordFile: file }: PasswordOptions,
): Promise<string> {
  if (file === undefined) throw NO_PASSWORD;
  const read = await readText(surroundings, file);
  if (!read.ok) throw fileFault(read.fault, file);
  const [password = '', ...more] = read.text.replace(/\n+$/, '').split('\n');
  if (password !== '' && more.length === 0) return password;
  throw new CommandFault(
    EXIT.invalidInput,
    [
      {
        path: '',
        message: password === '' ? 'there is no password' : 'there is more than a password',
        allowed: 'the password on one line, and nothing else',
      },
    ],
    { file },
  );
}

const NO_PASSWORD = new CommandFault(EXIT.usage, [
  {
    path: '--password-file',
    message: 'a person needs a password',
    mend: 'name a file that only you can read, or - and hand it over on standard input',
  },
]);
