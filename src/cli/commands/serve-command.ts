import { type Command, InvalidArgumentError } from 'commander';
import { EXIT } from '../exit-code.ts';
import { CommandFault } from '../faults/command-fault.ts';
import { addStoreOptions, type StoreOptions, storeAccess } from '../options/store-options.ts';
import type { Surroundings } from '../surroundings.ts';

interface ServeOptions extends StoreOptions {
  readonly host: string;
  readonly port: number;
  readonly origin?: string;
  readonly behindProxy?: boolean;
}

/** `serve`: the pages, the API and the calendar subscriptions of a store. */
export function serveCommand(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('serve')
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port to listen on; 0: any that is free', portNumber, 8080)
    .option(
      '--origin <url>',
      'where browsers reach it: https://follow-up.clinic.example (default: as they ask for it)',
      originUrl,
    )
    .option(
      '--behind-proxy',
      'take the last address of X-Forwarded-For as the client’s; only behind a proxy that writes it',
    );
  addStoreOptions(command).action(async (options: ServeOptions) => {
    const access = await storeAccess(surroundings, options);
    const { host, port, origin, behindProxy = false } = options;
    const started = await surroundings.serve(access, { host, port, origin, behindProxy });
    if (!started.ok) throw new CommandFault(EXIT.fault, [started.problem]);
    await surroundings.stderr.write(`cryowatch: listening on ${started.address}\n`);
    await started.stopped;
    await surroundings.stderr.write('cryowatch: stopped\n');
  });
}

function portNumber(word: string): number {
  if (/^\d{1,5}$/.test(word) && Number(word) <= 65_535) return Number(word);
  throw new InvalidArgumentError('Whole numbers from 0 to 65535 are allowed.');
}

function originUrl(word: string): string {
  const url = URL.canParse(word) ? new URL(word) : null;
  const isOrigin = url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/';
  if (isOrigin && url.search === '' && url.hash === '' && url.username === '') return url.origin;
  throw new InvalidArgumentError(
    'A URL without a path is allowed: https://follow-up.clinic.example',
  );
}
