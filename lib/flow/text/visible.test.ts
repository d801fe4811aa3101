import { expect, it } from 'vitest'
import { visible } from './visible'

it.each([
  ['direction', 'UserRule_\u202egnp.exe\u202c', 'UserRule_‹U+202E›gnp.exe‹U+202C›'],
  ['isolates and marks', '\u2066a\u2069\u200e\u200f\u061c', '‹U+2066›a‹U+2069›‹U+200E›‹U+200F›‹U+061C›'],
  ['no width', 'ad\u200bmin\ufeff\u2060\u00ad', 'ad‹U+200B›min‹U+FEFF›‹U+2060›‹U+00AD›'],
  ['control', 'a\0\x1b[31mb\x7f\x85', 'a‹U+0000›‹U+001B›[31mb‹U+007F›‹U+0085›'],
  ['fillers', '\u3164\u115f\uffa0\u2800', '‹U+3164›‹U+115F›‹U+FFA0›‹U+2800›'],
  ['separators', 'a\u2028b\u2029', 'a‹U+2028›b‹U+2029›'],
  ['beyond the first plane', 'a\u{e0041}\u{1d173}', 'a‹U+E0041›‹U+1D173›'],
  ['halves', 'a\ud800b', 'a‹U+D800›b'],
  ['a selector without a picture', '1\ufe0f', '1‹U+FE0F›'],
  ['a joiner in a word', 'a\u200db', 'a‹U+200D›b'],
])('marks what is not seen: %s', (_, text, shown) => expect(visible(text)).toBe(shown))

it.each(['', 'UserRule_Allow 443', 'a\tb\nc\r', 'Überprüfung', 'שלום', '防火墙', '⚠\ufe0f', '👩\u200d💻', '👩🏽\u200d💻', 'a\u00a0b'])(
  'leaves %j',
  (text) => expect(visible(text)).toBe(text),
)
