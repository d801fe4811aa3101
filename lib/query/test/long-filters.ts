import { ACLS, ADDRESSES, type Dice, MACS, PORTS, quoted, RULES, randomFilter } from './random'

/** Returns a number of things, small ones as often as large ones. */
function some(dice: Dice, most: number): number {
  return Math.floor(most ** dice.next())
}

function several(dice: Dice, most: number, one: (i: number) => string): string[] {
  return Array.from({ length: 1 + some(dice, most) }, (_, i) => one(i))
}

function ipv4(dice: Dice): string {
  return `${dice.pick([10, 45, 192, dice.below(256)])}.${dice.below(256)}.${dice.below(256)}.${dice.below(256)}`
}

function ipv6(dice: Dice): string {
  return `2001:db8:${dice.below(65_536).toString(16)}:${dice.below(4)}::${dice.below(65_536).toString(16)}`
}

function address(dice: Dice): string {
  if (dice.chance(0.05)) return dice.pick(ADDRESSES)
  return dice.chance(0.6) ? ipv4(dice) : ipv6(dice)
}

const PREFIXES = { few: [24, 32, 16], all: Array.from({ length: 33 }, (_, i) => i) }

function indicator(dice: Dice, prefixes: readonly number[]): string {
  if (dice.chance(0.6)) return address(dice)
  return dice.chance(0.7) ? `${ipv4(dice)}/${Math.max(8, dice.pick(prefixes))}` : `${ipv6(dice)}/${dice.pick([32, 48, 56, 64, 128])}`
}

/** Writes a list of values of a field in one of several forms: any of them, or none. */
function list(dice: Dice, field: string, values: readonly string[]): string {
  const form = dice.below(4)
  if (form === 0) return `${field}:${values.join(',')}`
  if (form === 1) return `(${values.map((value) => `${field}:${value}`).join(' or ')})`
  return values.map((value) => `-${field}:${value}`).join(dice.pick([' ', ' and ']))
}

const WORDS = ['rdp', 'web', 'deny', '100%', '_', 'rule', 'x', '\\']
const word = (dice: Dice) => (dice.chance(0.1) ? dice.pick(WORDS) : `w${dice.below(5000).toString(36)}`)
const name = (dice: Dice, names: readonly string[]) =>
  dice.chance(0.1) ? quoted(dice.pick(names)) : quoted(`${word(dice)} ${dice.below(100)}`)

const SHAPES: readonly ((dice: Dice) => string)[] = [
  (dice) => {
    const prefixes = dice.pick([PREFIXES.few, PREFIXES.all])
    return list(
      dice,
      dice.pick(['src', 'dst', 'ip']),
      several(dice, 5000, () => indicator(dice, prefixes)),
    )
  },
  (dice) => several(dice, 3000, () => address(dice)).join(dice.pick([',', ' or '])),
  (dice) =>
    list(
      dice,
      dice.pick(['sport', 'dport', 'port']),
      several(dice, 3000, () => String(dice.chance(0.1) ? dice.pick(PORTS) : dice.below(65_536))),
    ),
  (dice) =>
    list(
      dice,
      dice.pick(['bytes', 'packets']),
      several(dice, 150, () => `${dice.below(1000)}..${1000 + dice.below(100)}`),
    ),
  (dice) =>
    list(
      dice,
      'rule',
      several(dice, 3000, () => name(dice, RULES)),
    ),
  (dice) =>
    list(
      dice,
      'acl',
      several(dice, 1000, () => name(dice, ACLS)),
    ),
  (dice) =>
    list(
      dice,
      'mac',
      several(dice, 1000, () =>
        dice.chance(0.1)
          ? `"${dice.pick(MACS)}"`
          : `0022${dice
              .below(2 ** 32)
              .toString(16)
              .padStart(8, '0')}`,
      ),
    ),
  (dice) => several(dice, 900, () => word(dice)).join(dice.pick([' or ', ' or ', ' '])),
  (dice) => several(dice, 900, () => `-${word(dice)}`).join(' '),
  (dice) => several(dice, 150, () => `not (rule:${name(dice, RULES)} ${dice.pick(['src', 'ip'])}:${address(dice)})`).join(' '),
  (dice) => several(dice, 150, () => `(rule:${name(dice, RULES)} dport:${dice.pick(PORTS)})`).join(' or '),
  (dice) => several(dice, 100, () => `(${word(dice)} or (src:${address(dice)} ${dice.pick(PORTS)}))`).join(' '),
  (dice) => several(dice, 400, () => `(${dice.pick(PORTS)} ${address(dice)})`).join(' or '),
  (dice) =>
    several(
      dice,
      300,
      () => `(dport:${dice.pick(PORTS)} ${dice.pick(['src', 'src', 'dst'])}:${address(dice)} dir:${dice.pick(['in', 'out'])})`,
    ).join(' or '),
  (dice) =>
    several(
      dice,
      8,
      () =>
        `(${list(
          dice,
          'ip',
          several(dice, 300, () => address(dice)),
        )} or dport>${dice.below(60_000)})`,
    ).join(' '),
  (dice) => `${randomFilter(dice)} (${several(dice, 20, () => randomFilter(dice)).join(' or ')})`,
  (dice) => {
    const nested = Array.from({ length: 60 }, () => dice.pick(['-', 'not ', '(']))
    return `${nested.join('')}${word(dice)}${')'.repeat(nested.filter((one) => one === '(').length)}`
  },
]

/** Returns a filter of up to the largest length, with every kind of term. It may be one that is refused. */
export function longFilter(dice: Dice): string {
  const one = dice.pick(SHAPES)(dice)
  return dice.chance(0.3) ? `(${one}) ${dice.pick(['', 'or ', 'not '])}(${dice.pick(SHAPES)(dice)})` : one
}
