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
    'file whose one line is the password; - is standard input. Without it the terminal asks for it. It is never given on the command line',
  );
}

/** The password, from the file or typed at the terminal. It is never told in a fault. */
export async function readPassword(
  surroundings: Surroundings,
  { passwordFile: file }: PasswordOptions,
): Promise<string> {
  if (file === undefined) return typedPassword(surroundings);
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

async function typedPassword({ askHidden }: Surroundings): Promise<string> {
  if (askHidden === null) throw NO_PASSWORD;
  const [typed, again] = (await askHidden(['New password: ', 'The same again: '])) ?? [];
  if (typed === undefined || typed === '') throw NOTHING_TYPED;
  if (typed !== again) throw TYPED_OTHERWISE;
  return typed;
}

const NOTHING_TYPED = new CommandFault(EXIT.invalidInput, [
  { path: '', message: 'there is no password', mend: 'nothing was changed; try again' },
]);

const TYPED_OTHERWISE = new CommandFault(EXIT.invalidInput, [
  {
    path: '',
    message: 'the second time it was another password',
    mend: 'nothing was changed; try again',
  },
]);

const NO_PASSWORD = new CommandFault(EXIT.usage, [
  {
    path: '--password-file',
    message: 'a person needs a password',
    mend: 'name a file that only you can read, or - and hand it over on standard input',
  },
]);
