/** A container of a JSON text that is being walked. */
interface Frame {
  readonly path: string;
  readonly isArray: boolean;
  index: number;
  /** The key that was read last; null while the next string is a key. */
  key: string | null;
}

const TOKEN = /"(?:[^"\\]+|\\.)*"|[{}[\],:]|\n|[^\s{}[\],:"]+/gsu;

function pathBelow(frame: Frame): string {
  if (frame.isArray) return `${frame.path}[${frame.index}]`;
  return frame.path === '' ? (frame.key ?? '') : `${frame.path}.${frame.key ?? ''}`;
}

/** Walks a sound JSON text and notes where each key and each element of a list begins. */
class Walk {
  readonly lines = new Map<string, number>();
  readonly #stack: Frame[] = [];
  #line = 1;

  step(token: string): void {
    const frame = this.#stack.at(-1);
    if (token === '\n') this.#line += 1;
    else if (token === ',') next(frame);
    else if (token === '}' || token === ']') this.#stack.pop();
    else if (token !== ':') this.#keyOrValue(token, frame);
  }

  #keyOrValue(token: string, frame: Frame | undefined): void {
    if (frame !== undefined && !frame.isArray && frame.key === null) {
      frame.key = String(JSON.parse(token));
      this.lines.set(pathBelow(frame), this.#line);
      return;
    }
    const path = frame === undefined ? '' : pathBelow(frame);
    if (frame?.isArray === true) this.lines.set(path, this.#line);
    if (token === '{' || token === '[') {
      this.#stack.push({ path, isArray: token === '[', index: 0, key: null });
    }
  }
}

function next(frame: Frame | undefined): void {
  if (frame === undefined) return;
  if (frame.isArray) frame.index += 1;
  else frame.key = null;
}

function linesOfPaths(text: string): ReadonlyMap<string, number> {
  const walk = new Walk();
  for (const [token] of text.matchAll(TOKEN)) walk.step(token);
  return walk.lines;
}

function parentOf(path: string): string {
  return path.replace(/(?:\[\d+\]|\.?[^.[\]]*)$/u, '');
}

/**
 * Finds the line (from 1) of a field in a sound JSON text by the path that a problem names; of a
 * field that is missing, the line of what should hold it. Undefined for the document as a whole.
 */
export function lineFinder(text: string): (path: string) => number | undefined {
  let lines: ReadonlyMap<string, number> | undefined;
  return (path) => {
    lines ??= linesOfPaths(text);
    for (let at = path; at !== ''; at = parentOf(at)) {
      // A line of the conformance corpus holds its case one level down.
      const line = lines.get(at) ?? lines.get(`case.${at}`);
      if (line !== undefined) return line;
    }
    return undefined;
  };
}
