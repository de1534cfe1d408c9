/** RFC 8785 has no form for the value: hashing it would give a proof that others cannot check. */
export class NotCanonicalizableError extends Error {
  readonly code = 'not_canonicalizable';

  /** @param path where in the value, as in `$.claims[0].quote` */
  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`${path} ${reason}`);
    this.name = 'NotCanonicalizableError';
  }
}

const depthMax = 256;

/**
 * RFC 8785 (JCS), strict: what JSON cannot say is refused, not dropped. The npm packages accept lone surrogates,
 * which the RFC forbids.
 */
export function canonicalize(value: unknown): string {
  return written(value, []);
}

type Path = (string | number)[];

function written(value: unknown, path: Path): string {
  switch (typeof value) {
    case 'string':
      return writtenString(value, path);
    case 'number':
      // ECMAScript's own shortest form is what the RFC prescribes; -0 becomes 0.
      return Number.isFinite(value) ? String(value) : refuse(path, 'is not a finite number');
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (path.length > depthMax) return refuse(path, `is nested deeper than ${depthMax}`);
      return Array.isArray(value) ? writtenArray(value, path) : writtenObject(value, path);
    case 'undefined':
    case 'bigint':
    case 'symbol':
    case 'function':
      return refuse(path, `is ${typeof value}, which JSON cannot hold`);
  }
}

function writtenString(text: string, path: Path): string {
  return text.isWellFormed() ? JSON.stringify(text) : refuse(path, 'holds a lone surrogate');
}

function writtenArray(items: readonly unknown[], path: Path): string {
  let json = '[';
  for (let index = 0; index < items.length; index += 1) {
    path.push(index);
    json += (index === 0 ? '' : ',') + written(items[index], path);
    path.pop();
  }
  return `${json}]`;
}

function writtenObject(object: object, path: Path): string {
  if (!isPlain(object)) return refuse(path, 'is an object with a class, which JSON cannot hold');
  let json = '{';
  // Without a comparer, sort() orders by UTF-16 code units, as the RFC demands.
  for (const name of Object.keys(object).sort()) {
    path.push(name);
    const member = `${writtenString(name, path)}:${written((object as Record<string, unknown>)[name], path)}`;
    json += json.length === 1 ? member : `,${member}`;
    path.pop();
  }
  return `${json}}`;
}

/** Also for an object of another realm, whose prototype is another `Object.prototype`. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refuse(path: Path, reason: string): never {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step.toWellFormed()}`));
  throw new NotCanonicalizableError(`$${steps.join('')}`, reason);
}
