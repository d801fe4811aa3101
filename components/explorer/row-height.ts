import type { Options } from '@/lib/link/views'

export type Density = Options<'tuples'>['density']

/** Height of a row. Pixels. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { s: 28, m: 34, l: 42 }
