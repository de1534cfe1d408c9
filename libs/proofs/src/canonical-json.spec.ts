import fc from 'fast-check';
import { canonicalize, NotCanonicalizableError } from './canonical-json.ts';

const wellFormed = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    wellFormed,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(wellFormed, tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

describe('RFC 8785', () => {
  it('gives the example of section 3.2.2 as the RFC prints it', () => {
    const input = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalize(JSON.parse(input))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],` +
        String.raw`"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts the example of section 3.2.3 by UTF-16 code units', () => {
    const input = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalize(input)) as object)).toHaveLength(7);
    expect(canonicalize(input)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis",' +
        '"\u20ac":"Euro Sign","\ud83d\ude00":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  // Appendix B: the bits of the double, and its text.
  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s', (bits, text) => {
    expect(canonicalize(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });
});

describe('laws', () => {
  it('loses nothing: parsing gives the value back', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.parse(canonicalize(value))).toEqual(value);
      }),
    );
  });

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(wellFormed, json), { selector: ([name]) => name, maxLength: 8 }),
        (members) => {
          expect(canonicalize(Object.fromEntries(members.toReversed()))).toBe(
            canonicalize(Object.fromEntries(members)),
          );
        },
      ),
    );
  });

  it('orders members by UTF-16 code units, also where integer-like names would jump the queue', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.oneof(wellFormed, fc.nat(99).map(String)), { minLength: 2 }), (names) => {
        const object = Object.fromEntries(names.map((name) => [name, 0]));
        const expected = names.toSorted(byCodeUnits).map((name) => `${JSON.stringify(name)}:0`);
        expect(canonicalize(object)).toBe(`{${expected.join(',')}}`);
      }),
    );
  });

  it('writes a number by the rule of ECMAScript: shortest digits, plain between 1e-6 and 1e21', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(canonicalize(number)).toBe(ecmaScriptForm(number));
      }),
    );
  });

  it('leaves no white space and nothing to escape that JSON does not demand', () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const inner = canonicalize(text).slice(1, -1);
        const unescaped = inner.replace(/\\(u00[01][0-9a-f]|["\\bfnrt])/g, '');
        expect(unescaped).not.toMatch(/[\\"]/);
      }),
    );
  });
});

describe('refusals', () => {
  it.each<[string, unknown, string]>([
    ['a lone surrogate', { claims: [{ quote: 'a\ud800' }] }, '$.claims[0].quote'],
    ['a lone surrogate in a name', { a: { '\udc00': 1 } }, '$.a.\ufffd'],
    ['NaN', { weight: NaN }, '$.weight'],
    ['Infinity', [1, Infinity], '$[1]'],
    ['undefined', { a: { b: undefined } }, '$.a.b'],
    // eslint-disable-next-line no-sparse-arrays
    ['a hole', [1, , 3], '$[1]'],
    ['a bigint', 1n, '$'],
    ['a date, which JSON.stringify would turn into text', { at: new Date(0) }, '$.at'],
    ['a map', { map: new Map() }, '$.map'],
  ])('names where %s stands', (_what, value, path) => {
    expect(refusalOf(value)).toMatchObject({ code: 'not_canonicalizable', path });
  });

  it('names an endless value instead of running out of stack', () => {
    const ring: { self?: unknown } = {};
    ring.self = ring;
    expect(refusalOf(ring)).toBeInstanceOf(NotCanonicalizableError);
  });
});

function refusalOf(value: unknown): unknown {
  try {
    return canonicalize(value);
  } catch (error) {
    return error;
  }
}

function byCodeUnits(a: string, b: string): number {
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = a.charCodeAt(index) - b.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** ECMA-262, Number::toString, from the shortest digits that read back as the same number. */
function ecmaScriptForm(number: number): string {
  if (number === 0) return '0';
  if (number < 0) return `-${ecmaScriptForm(-number)}`;
  const [mantissa = '', exponent = ''] = shortestExponential(number).split('e');
  const digits = mantissa.replace('.', '');
  const k = digits.length;
  const n = Number(exponent) + 1;
  if (k <= n && n <= 21) return digits + '0'.repeat(n - k);
  if (0 < n && n <= 21) return `${digits.slice(0, n)}.${digits.slice(n)}`;
  if (-6 < n && n <= 0) return `0.${'0'.repeat(-n)}${digits}`;
  const sign = n - 1 < 0 ? '-' : '+';
  return `${digits.slice(0, 1)}${k > 1 ? '.' : ''}${digits.slice(1)}e${sign}${Math.abs(n - 1)}`;
}

function shortestExponential(number: number): string {
  for (let fractionDigits = 0; fractionDigits < 20; fractionDigits += 1) {
    const text = number.toExponential(fractionDigits);
    if (Number(text) === number) return text;
  }
  throw new Error(`No exponential form of ${number} reads back`);
}
