'use client'

import { useOptions } from '@/components/view/use-options'
import type { RowField } from '@/lib/flow/fields'
import { shownColumns } from './columns'
import { useMedia } from './use-media'

/** The columns that the link and the screen ask for. */
export function useColumns(): readonly RowField[] {
  const { options } = useOptions('tuples')
  const narrow = !useMedia('(min-width: 640px)')
  return shownColumns(options.cols, narrow)
}
