#!/usr/bin/env node
// Plain JavaScript, so that an old Node can still say what it needs. A checkout runs its sources,
// with the Node that its dev dependency brings; an installed package runs its build.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;
const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const source = path('../src/main.ts');
const entry = existsSync(source) ? source : path('../dist/main.js');

if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) {
  module.enableCompileCache();
  await import(entry);
} else {
  const ownNode = path('../node_modules/node/bin/node');
  if (existsSync(ownNode)) {
    const child = spawn(ownNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    // The terminal sends Ctrl-C to both; the child cleans up and says how it ended.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('exit', (code, signal) => {
      process.exitCode = code ?? { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal] ?? 1;
    });
  } else {
    process.stderr.write(
      `cryowatch: this is Node ${process.versions.node}; cryowatch needs Node ${OLDEST_NODE} or newer.\n`,
    );
    process.exitCode = 1;
  }
}
