import type { FilterField } from '@/lib/flow/field/fields'
import { writeNovelty } from '@/lib/flow/field/novelty'
import { writeScanner } from '@/lib/flow/field/scan'
import { matchesParts } from '@/lib/flow/text/name-parts'
import type { Test } from '@/lib/flow/view/filter'

/** True if every value that passes `inner` certainly passes `outer` too. */
export function covers(field: FilterField, outer: Test, inner: Test): boolean {
  if (outer.kind === 'name' && inner.kind === 'name') {
    const name = inner.parts.join('*')
    if (inner.parts.length > 1) return outer.parts.join('*').toLowerCase() === name.toLowerCase()
    return matchesParts(outer.parts, name) || (field === 'acl' && matchesParts(outer.parts, name.slice(name.lastIndexOf('/') + 1)))
  }
  if (outer.kind === 'word' && inner.kind === 'word')
    return outer.word === inner.word || (field === 'format' && inner.word.startsWith(`${outer.word}-`))
  if (outer.kind === 'scanner' && inner.kind === 'scanner') return writeScanner(outer.scanner) === writeScanner(inner.scanner)
  if (outer.kind === 'list' && inner.kind === 'list') return outer.name.toLowerCase() === inner.name.toLowerCase()
  if (outer.kind === 'novelty' && inner.kind === 'novelty') return writeNovelty(outer.novelty) === writeNovelty(inner.novelty)
  if (outer.kind === 'addresses' && inner.kind === 'addresses') return outer.first <= inner.first && inner.last <= outer.last
  return outer.kind === 'numbers' && inner.kind === 'numbers' && outer.first <= inner.first && inner.last <= outer.last
}
