import { isFilterField } from '@/lib/flow/field/fields'
import { portsOf } from '@/lib/flow/tuple/services'
import { ACTIONS, DIRECTIONS } from '@/lib/flow/tuple/tuple'
import { cut } from './pieces'

/** A valid filter that probably means something else: its actual meaning, and the filter that was probably intended. */
export interface Correction {
  /** The words in doubt. */
  typed: string
  means: string
  instead: string
  /** The whole filter with the correction. */
  q: string
}

const WORDS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(ACTIONS.map((word) => [word, `action:${word}`])),
  allowed: 'action:allow',
  denied: 'action:deny',
  ...Object.fromEntries(DIRECTIONS.map((word) => [word, `dir:${word}`])),
  inbound: 'dir:in',
  outbound: 'dir:out',
  tcp: 'proto:tcp',
  udp: 'proto:udp',
  public: 'ip:public',
  private: 'ip:private',
}

/** Finds bare words that the filter searches for in rule names although they look like fields, services or values of fields. */
export function correctionsOf(text: string): Correction[] {
  const words = cut(text)
  const found: Correction[] = []
  for (const [i, { kind, at, end }] of words.entries()) {
    const typed = text.slice(at, end)
    const word = typed.toLowerCase()
    if (kind !== 'word' || !/^[a-z][a-z0-9-]*$/.test(word)) continue
    const next = words[i + 1]
    const value = next?.kind === 'word' ? text.slice(next.at, next.end) : ''
    const isValue = value !== '' && !/^(and|or|not)$/i.test(value) && !/[:<>=]/.test(value.replace(/^\[?[0-9a-f:.]+\]?$/i, ''))
    const means = (of: string) => `${of} is looked for in the names of rules`
    if (isFilterField(word) && isValue) {
      const instead = `${word}:${value}`
      found.push({ typed: `${typed} ${value}`, means: means(typed), instead, q: text.slice(0, at) + instead + text.slice(next!.end) })
    } else if (!isFilterField(words[i - 1] ? text.slice(words[i - 1]!.at, words[i - 1]!.end).toLowerCase() : '')) {
      const instead = portsOf(word).length > 0 ? `dport:${word}` : WORDS[word]
      if (instead) found.push({ typed, means: means(typed), instead, q: text.slice(0, at) + instead + text.slice(end) })
    }
  }
  return found
}
