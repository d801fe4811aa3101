import type { Dice } from '@/lib/query/test/random'

function around(exponent: number): string[] {
  const power = 1n << BigInt(exponent)
  return [power - 1n, power, power + 1n].map(String)
}

/** Whole numbers at which something could wrap or lose digits. The largest accepted counter is 2^43. */
const WHOLE = ['0', '1', '2', '65535', '65536', ...[31, 32, 43, 53, 63, 64, 128].flatMap(around)]
const NO_NUMBERS = [
  ...['', ' ', '-0', '-1', '+1', '-9223372036854775808', '-9223372036854775809', '1.0', '0.5', '.5', '5.', '1,5'],
  ...[
    '1e3',
    '1E3',
    '1e308',
    '1e309',
    '1e-9',
    '1e999999999',
    '0x10',
    '0b1',
    '0o7',
    '1_000',
    '1 000',
    ' 1',
    '1 ',
    'NaN',
    'Infinity',
    '-Infinity',
  ],
  ...['null', 'true', '٣', '１', '½', '²', '\u0000', '1\u0000', '9'.repeat(300)],
]
const LEADING = ['00', '007', '0000000001', `${'0'.repeat(300)}5`]
/** Counters that are possible for a network interface. */
const COUNTERS = ['0', '1', '74', ...around(31), ...around(32), String(2 ** 43 - 1), String(2 ** 43)]
const PORTS = ['0', '1', '443', '65534', '65535']
const PROTOCOLS = ['0', '1', '6', '17', '58', '254', '255', '256']
const VERSIONS = ['1', '2', '3', '4', '5', '"2"', '"4"', '2.0', '1e0', '0', '-1', '1.5', '"007"', '""', 'null', '[]', '1e999', ...WHOLE]
const MACS = ['', 'none', ' None ', '0', 'F', 'zz', '00-22-48-26-6D-B9', '0022.4826.6db9', 'f'.repeat(12), 'a'.repeat(13), '0'.repeat(4000)]

/** Times of records, at the limits of calendars that use 32 bits, four digits or doubles. */
const RECORD_TIMES = [
  ...[
    '2000-01-01T00:00:00Z',
    '2000-01-01T00:00:00.0009999Z',
    '2001-09-09T01:46:40Z',
    '2024-02-29T23:59:59.9999999Z',
    '2016-12-31T23:59:59Z',
  ],
  ...['2038-01-19T03:14:07Z', '2038-01-19T03:14:08Z', '2038-01-19T03:14:08.5Z', '2099-12-31T23:59:59.9999999Z', '2036-02-07T06:28:16Z'],
]
const NO_TIMES = [
  ...['', '0000-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', '1999-12-31T23:59:59.999Z', '2100-01-01T00:00:00Z'],
  ...['2106-02-07T06:28:16Z', '9999-12-31T23:59:59Z', '+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z', '292277026596-12-04T15:30:08Z'],
  ...[
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2024-01-01T24:00:00Z',
    '2024-01-01T00:60:00Z',
    '2016-12-31T23:59:60Z',
    '2024-13-01T00:00:00Z',
  ],
  ...['2024-01-01', '1723420800', '1723420800000', '2024-01-01T00:00:00+99:00', '2024-01-01T00:00:00.0000000000Z'],
]

const pickOf = (dice: Dice, sound: readonly string[], odd: readonly (readonly string[])[], oddity: number) =>
  dice.pick(dice.chance(oddity) ? dice.pick(odd) : sound)

export const counter = (dice: Dice, oddity: number) => pickOf(dice, COUNTERS, [WHOLE, NO_NUMBERS, LEADING], oddity)
export const port = (dice: Dice, oddity: number) => pickOf(dice, PORTS, [WHOLE, NO_NUMBERS, LEADING], oddity)
export const protocol = (dice: Dice, oddity: number) => pickOf(dice, PROTOCOLS, [WHOLE, NO_NUMBERS, LEADING], oddity)
/** Returns any number, or a text that only looks like one. */
export const anyNumber = (dice: Dice) => dice.pick(dice.pick([COUNTERS, WHOLE, WHOLE, NO_NUMBERS, LEADING]))
/** Returns any time or duration, or a text that only looks like one. */
export const anyTime = (dice: Dice) =>
  dice.chance(0.3) ? `${anyNumber(dice)}${dice.pick(['m', 'h', 'd', 'w', ''])}` : dice.pick(dice.pick([RECORD_TIMES, NO_TIMES]))
export const version = (dice: Dice) => dice.pick(VERSIONS)
export const mac = (dice: Dice) => dice.pick(MACS)

/** Returns the time of a record, as JSON text. */
export const recordTime = (dice: Dice, oddity: number) => pickOf(dice, RECORD_TIMES, [NO_TIMES], oddity)

const WEEK = 7 * 24 * 3_600_000
/** Milliseconds between a record's time and its tuples: includes the last accepted and the first rejected distance. */
const APART = [0, -1, -60_000, 60_000, -WEEK, WEEK, 1000 - WEEK, WEEK - 1000, -WEEK - 1, WEEK + 1, -WEEK - 1000, WEEK + 1000]

/** Returns the time of a tuple in seconds, milliseconds, microseconds or nanoseconds, or an invalid time. */
export function tupleTime(dice: Dice, near: number, oddity: number): string {
  if (dice.chance(oddity / 2)) return dice.pick(dice.pick([WHOLE, NO_NUMBERS]))
  const ms = BigInt(near + (dice.chance(oddity) ? dice.pick(APART) : -dice.below(60_000)))
  const written = [ms / 1000n, ms, ms * 1000n, ms * 1_000_000n]
  const text = String(dice.chance(oddity / 2) ? dice.pick(written) : dice.pick(written.slice(0, 2)))
  return dice.chance(oddity / 4) ? `000${text}` : text
}
