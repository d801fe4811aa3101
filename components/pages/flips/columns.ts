/** The classes of each column, for its head and its cells. */
export const COLUMN = {
  at: 'pl-3 pr-2 text-left font-normal whitespace-nowrap w-px align-top py-2 @max-xl:hidden',
  flow: 'px-2 text-left align-top py-2 @max-xl:px-3',
  before: 'px-2 text-left align-top py-2 @max-3xl:hidden',
  after: 'px-2 text-left align-top py-2 @max-3xl:hidden',
  counts: 'data px-2 text-right whitespace-nowrap w-px align-top py-2 @max-4xl:hidden',
  seen: 'data px-2 pr-3 text-right whitespace-nowrap w-px align-top py-2 @max-5xl:hidden',
} as const
