import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { fileFault } from '../faults/file-faults.ts';
import { readText } from '../input/read-cases.ts';
import type { Surroundings } from '../surroundings.ts';

const MISSING_KEY =
  'it is the key of a store’s audit log: make a store first (cryowatch init), or say where both are (--database, --key-file)';
const OTHER_KEY = 'it should be the key of a store’s audit log: say where that is: --key-file';

/** Reads the key of a store's audit log: 64 or more hexadecimal digits. It is never told in a fault. */
export async function readKeyFile(surroundings: Surroundings, file: string): Promise<Uint8Array> {
  const read = await readText(surroundings, file);
  if (!read.ok) {
    const fault = fileFault(read.fault, file);
    const mend = read.fault.kind === 'missing' ? MISSING_KEY : OTHER_KEY;
    throw new CommandFault(fault.exitCode, [{ ...read.fault.problem, mend }], {
      file,
    });
  }
  const { readAuditKey } = await import('../../service/keeping/audit-key.ts');
  const key = readAuditKey(read.text);
  if (key !== undefined) return key;
  throw new CommandFault(
    EXIT.invalidInput,
    [
      {
        path: '',
        message: 'this is not a key file',
        allowed: '64 or more hexadecimal digits on one line, as init writes it',
      },
    ],
    { file },
  );
}
