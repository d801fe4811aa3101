import type { ContextKind } from '@/lib/flow/field/context'
import type { ContextFile } from './files'
import type { Known } from './known'
import { find } from './table/find'

/** One fact about an address from one file. */
export interface Fact {
  kind: ContextKind
  /** Text as in the file; for an AS, the number before its organisation. */
  text: string
  path: string
  /** Number of addresses in its range. */
  size: number
  /** End of its validity, epoch milliseconds, or null if it is always valid. */
  until: number | null
}

/** Returns all facts about an address from the ranges of files, narrowest first; `known` may hide names. */
export function factsOf(files: readonly ContextFile[], known: Known, address: bigint): Fact[] {
  const found = files.flatMap(({ path, sets }) =>
    sets.flatMap(({ kind, table }) =>
      table === null || (kind === 'name' && known.hides(address))
        ? []
        : find(table, address).map(({ label: { text, until }, size }): Fact => ({ kind, text: text.trim(), path, size, until })),
    ),
  )
  return found.sort((a, b) => a.size - b.size)
}
