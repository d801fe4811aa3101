import type { Dice } from '@/lib/query/test/random'

/** Longest name that is read, in bytes as written. */
export const LONGEST = 4096

/** Beginnings, middles and ends that break unprepared code. */
const PARTS = [
  ...['=1+', "+cmd|' /C calc'!A0", '-2+3', '@SUM(1)', '\t=1', '\r=1', '\n=1', '\0=1', '＝1', '＋1', '－1', '＠1', ' =1'],
  ...['"', '""', "'", "''", '`', "'; drop table tuples; --", '\\', '\\"', '\\u0041', '%00', '%2e%2e%2f', '%s%n', '$\u007b7*7}', '{{7*7}}'],
  ...['/', '//', '../../../etc/passwd', 'C:\\con', '..', '.', '~', '*', '?', '%', '_', '|', ':', ';', '<', '>', '&', '#'],
  ...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '&lt;', ']]>', '<!--', '-->'],
  ...[
    '# heading',
    '\n# heading\n',
    '[a](javascript:alert(1))',
    '![](http://x/)',
    '| a | b |',
    '> quote',
    '```',
    '---',
    '**b**',
    '\n- item',
  ],
  ...[
    '\u0001',
    '\u0008',
    '\u001b[2J',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u2029',
    '\r\n',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '\u202egnp.exe',
    '\u2066x\u2069',
  ],
  ...['é', 'e\u0301', 'ß', 'ſ', 'ı', 'ﬁ', 'Å', 'Å', '漢字', '👩‍👩‍👧‍👦', '\u{1f600}', '\ud800', '\udc00', '\uffff', '\ufffd', '𝕏', 'ا', '१'],
  ...['null', 'undefined', 'NaN', 'true', '0', '-1', '1e999', '__proto__', 'constructor', 'toString', 'none', 'unspecified', ''],
]

/** Changes case by the bits of a number, so that names differ only in case. */
function inCase(text: string, bits: number): string {
  return [...text].map((letter, i) => ((bits >> (i % 31)) & 1 ? letter.toUpperCase() : letter.toLowerCase())).join('')
}

type Shape = (dice: Dice, i: number) => string

const SHAPES: readonly Shape[] = [
  (_, i) => `UserRule_${i}`,
  (_, i) => inCase('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', i),
  (dice, i) => `${dice.pick(PARTS)}${i}`,
  (dice, i) => `${i}${dice.pick(PARTS)}${dice.pick(PARTS)}`,
  (dice, i) => `${dice.pick(PARTS)}${dice.pick(PARTS)} ${i} ${dice.pick(PARTS)}`,
  (dice, i) => `${i} ${'x'.repeat(dice.below(dice.pick([100, 1000, LONGEST - 20])))}`,
  (_, i) => `/subscriptions/s/resourceGroups/g${i}/providers/Microsoft.Network/networkSecurityGroups/nsg-${i}`,
]

/** Returns up to `count` different names of one kind, as logs might contain them, none longer than the limit. */
export function oddNames(dice: Dice, count: number): string[] {
  const shape = dice.pick(SHAPES)
  return [...new Set(Array.from({ length: count }, (_, i) => shape(dice, i).toWellFormed()))]
}
