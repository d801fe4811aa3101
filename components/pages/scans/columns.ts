const figure = 'data px-2 text-right whitespace-nowrap w-px'

/** The classes of each column, for its head and its cells. */
export const COLUMN = {
  source:
    'pl-3 pr-2 text-left font-normal w-px whitespace-nowrap @max-lg:w-full @max-lg:max-w-0 @lg:@max-5xl:w-[32%] @6xl:min-w-72 @min-[1700px]:min-w-96',
  allowed: 'px-2 text-left @max-lg:hidden @min-[1700px]:w-px @min-[1700px]:whitespace-nowrap',
  bar: 'px-2 text-left w-[10%] min-w-20 @max-3xl:hidden @min-[1700px]:w-auto',
  attempts: `${figure} @max-lg:pr-3`,
  targets: `${figure} @max-lg:hidden`,
  ports: `${figure} @max-lg:hidden`,
  top: 'px-2 text-left whitespace-nowrap w-px @max-6xl:hidden',
  rate: `${figure} @max-4xl:hidden`,
  first: `${figure} @max-5xl:hidden`,
  last: `${figure} pr-3 @max-lg:hidden`,
} as const
