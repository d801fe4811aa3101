import type { FilterField } from '@/lib/flow/fields'
import type { Test } from '@/lib/flow/filter'
import { writeScanner } from '@/lib/flow/scan'

/** Whether a name reads as `parts` with anything between them, case-insensitive. */
function matchesParts(parts: readonly string[], name: string): boolean {
  const text = name.toLowerCase()
  const [head = '', ...rest] = parts.map((part) => part.toLowerCase())
  const tail = rest.pop()
  if (tail === undefined) return text === head
  if (!text.startsWith(head)) return false
  let at = head.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - tail.length >= at && text.endsWith(tail)
}

/** Whether every value that `inner` lets through passes `outer` too, as far as that can be told from the two alone. */
export function covers(field: FilterField, outer: Test, inner: Test): boolean {
  if (outer.kind === 'name' && inner.kind === 'name') {
    const name = inner.parts.join('*')
    if (inner.parts.length > 1) return outer.parts.join('*').toLowerCase() === name.toLowerCase()
    return matchesParts(outer.parts, name) || (field === 'acl' && matchesParts(outer.parts, name.slice(name.lastIndexOf('/') + 1)))
  }
  if (outer.kind === 'word' && inner.kind === 'word')
    return outer.word === inner.word || (field === 'format' && inner.word.startsWith(`${outer.word}-`))
  if (outer.kind === 'scanner' && inner.kind === 'scanner') return writeScanner(outer.scanner) === writeScanner(inner.scanner)
  if (outer.kind === 'addresses' && inner.kind === 'addresses') return outer.first <= inner.first && inner.last <= outer.last
  return outer.kind === 'numbers' && inner.kind === 'numbers' && outer.first <= inner.first && inner.last <= outer.last
}
