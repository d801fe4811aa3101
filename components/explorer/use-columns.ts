'use client'

import { useMedia } from '@/components/ui/use-media'
import { useOptions } from '@/components/view/use-options'
import type { RowField } from '@/lib/flow/fields'
import { shownColumns } from './columns'

/** Whether the screen has room for a few columns only. */
export function useNarrow(): boolean {
  return !useMedia('(min-width: 640px)')
}

/** The columns that the link and the screen ask for. */
export function useColumns(): readonly RowField[] {
  const { options } = useOptions('tuples')
  return shownColumns(options.cols, useNarrow())
}
