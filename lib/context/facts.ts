import type { ContextKind } from '@/lib/flow/context'
import type { ContextFile } from './files'
import type { Known } from './known'
import { find } from './table/find'

/** One thing that one file says of an address. */
export interface Fact {
  kind: ContextKind
  /** Text as the file has it, the number of an AS before its organisation. */
  text: string
  path: string
  /** How many addresses its range has. */
  size: number
  /** Epoch milliseconds, or null where it holds always. */
  until: number | null
}

/** Everything that ranges of files say of an address, narrowest first; `known` may hide names. */
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
