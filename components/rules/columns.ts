const figure = 'data px-2 text-right whitespace-nowrap w-px'

/** The classes of each column, for its head and its cells. */
export const COLUMN = {
  rule: 'max-w-0 w-[52%] @xl:w-[38%] pl-3 pr-2 text-left font-normal',
  bar: 'px-2 max-@md:hidden',
  allow: figure,
  deny: figure,
  sources: `${figure} max-@lg:hidden`,
  ports: `${figure} max-@xl:hidden`,
  last: `${figure} pr-3 max-@2xl:hidden`,
} as const
