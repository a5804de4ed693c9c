import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { linesTogether } from '../../src/http/log-output.ts';

test('the lines of one turn go out in one write, in their order', async () => {
  const written: string[] = [];
  const output = linesTogether((lines) => void written.push(lines));
  output.write('one\n');
  output.write('two\n');
  expect(written).toEqual([]);
  await setImmediate();
  expect(written).toEqual(['one\ntwo\n']);
  output.write('three\n');
  await setImmediate();
  expect(written).toEqual(['one\ntwo\n', 'three\n']);
});

test('what waits is written at once when it is flushed, and not again', async () => {
  const written: string[] = [];
  const output = linesTogether((lines) => void written.push(lines));
  output.write('last words\n');
  output.flush();
  output.flush();
  await setImmediate();
  expect(written).toEqual(['last words\n']);
});
