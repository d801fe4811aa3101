const figure = 'data px-2 text-right whitespace-nowrap w-px'

/** The classes of each column, for its head and its cells. */
export const COLUMN = {
  rule: 'max-w-0 print:max-w-none w-[56%] @lg:w-[54%] @3xl:w-[40%] @4xl:w-[34%] print:w-[56%]! pl-3 pr-2 text-left font-normal',
  bar: 'px-2 text-left whitespace-nowrap @max-md:hidden',
  allow: figure,
  deny: `${figure} @max-xl:pr-3`,
  sources: `${figure} @max-xl:hidden`,
  ports: `${figure} @max-3xl:hidden`,
  last: `${figure} pr-3 @max-3xl:hidden`,
} as const

/** The same for the page of all rules, which shows more columns. */
export const LIST_COLUMN = {
  rule: 'max-w-0 print:max-w-none w-[44%] @max-3xl:w-full @7xl:w-[34%] pl-3 pr-2 text-left font-normal',
  spark: 'px-2 min-w-40 text-left @max-3xl:hidden',
  allow: figure,
  deny: `${figure} @max-lg:pr-3`,
  sources: `${figure} @max-lg:hidden`,
  destinations: `${figure} @max-4xl:hidden`,
  ports: `${figure} @max-lg:hidden`,
  first: `${figure} @max-5xl:hidden`,
  last: `${figure} pr-3 @max-xl:hidden`,
} as const
