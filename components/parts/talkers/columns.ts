import type { Metric } from '@/lib/flow/field/metric'

const figure = 'data px-2 text-right whitespace-nowrap w-px'

const COLUMN = {
  key: 'max-w-0 w-[62%] @lg:w-[34%] @3xl:w-[32%] pl-3 pr-1 text-left font-normal',
  spark: 'w-18 min-w-18 @lg:w-24 @lg:min-w-24 px-2 text-left whitespace-nowrap',
  bar: 'px-2 text-left whitespace-nowrap @max-xl:hidden',
  measure: `${figure} @max-md:pr-3`,
  denied: `${figure} @max-md:hidden`,
  peers: `${figure} @max-lg:hidden`,
  ports: `${figure} @max-lg:hidden`,
  bytes: `${figure} @max-2xl:hidden`,
  interval: `${figure} @max-lg:hidden`,
  seen: `${figure} pr-3 @max-3xl:hidden`,
} as const

export type TalkerColumn = keyof typeof COLUMN

/** The classes of a column, for its head and its cells: columns appear as the panel gets wider, and never twice. */
export function columnClass(column: TalkerColumn, metric: Metric): string {
  return column === metric ? 'hidden' : COLUMN[column]
}
