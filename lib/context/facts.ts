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

/** Returns what inventories say about the NICs with an address: of those that `known` may tell of, with each file that has the NIC or names its VM. */
function inventoryFactsOf(files: readonly ContextFile[], known: Known, address: bigint): Fact[] {
  const nics = known.whose?.nicsAt(address) ?? []
  return nics.flatMap(({ id, mac, known: { vm, subnet } }) =>
    files.flatMap(({ path, sets }) =>
      sets.flatMap(({ kind, inventory }): Fact[] => {
        const isThere = inventory?.nics.some((one) => (id === '' ? one.mac === mac : one.id === id))
        const isNamed = id !== '' && inventory?.vms.some(({ nics: own }) => own.includes(id))
        const text = [vm ?? id.split('/').at(-1)!, subnet].filter(Boolean).join(', ')
        return isThere || isNamed ? [{ kind, text: text || mac, path, size: 1, until: null }] : []
      }),
    ),
  )
}

/** Returns all facts about an address from files, narrowest first; `known` may hide names. */
export function factsOf(files: readonly ContextFile[], known: Known, address: bigint): Fact[] {
  const found = files.flatMap(({ path, sets }) =>
    sets.flatMap(({ kind, table }) =>
      table === null || (kind === 'name' && known.hides(address))
        ? []
        : find(table, address).map(({ label: { text, until }, size }): Fact => ({ kind, text: text.trim(), path, size, until })),
    ),
  )
  return [...inventoryFactsOf(files, known, address), ...found].sort((a, b) => a.size - b.size)
}
