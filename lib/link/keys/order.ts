import type { Order } from '@/lib/flow/field/order'
import { didYouMean } from '@/lib/link/language/did-you-mean'
import { type Key, wrong } from './key'

/** Writes an order for a link. */
export function sortText({ column, descending }: Order<string>): string {
  return descending ? `-${column}` : column
}

/** A column such as `rule`, with a leading - for descending: `-sources`. */
export function orderKey<const Column extends string>(
  about: string,
  columns: readonly Column[],
  initial: NoInfer<Order<Column>>,
): Key<Order<Column>> {
  return {
    about: `${about}, with a leading - for descending`,
    initial,
    read: (text) => {
      const descending = text.startsWith('-')
      const name = descending ? text.slice(1) : text
      const column = columns.find((known) => known === name)
      if (column !== undefined) return { column, descending }
      throw wrong(`${name || 'Nothing'} is no column here; ${didYouMean(name, columns)}`, descending ? 1 : 0)
    },
    write: sortText,
  }
}
