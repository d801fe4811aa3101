import type { Metric } from '@/lib/flow/fields'

const figure = 'data px-2 text-right whitespace-nowrap'

const COLUMN = {
  key: 'max-w-0 w-[50%] @lg:w-[34%] @3xl:w-[31%] @6xl:w-[27%] pl-3 pr-2 text-left font-normal',
  bar: 'px-2 text-left whitespace-nowrap @max-md:hidden',
  measure: `${figure} w-px`,
  denied: `${figure} w-px @max-md:pr-3`,
  peers: `${figure} w-px @max-lg:hidden`,
  ports: `${figure} w-px @max-lg:hidden`,
  bytes: `${figure} w-px @max-2xl:hidden`,
  first: `${figure} w-px @max-5xl:hidden`,
  last: `${figure} w-px pr-3 @max-4xl:hidden`,
} as const

export type Column = keyof typeof COLUMN

/** The classes of a column, for its head and its cells: columns appear as the panel gets room, and never twice. */
export function columnClass(column: Column, metric: Metric): string {
  return column === metric ? 'hidden' : COLUMN[column]
}
