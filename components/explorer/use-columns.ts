'use client'

import { useMemo } from 'react'
import { useMedia } from '@/components/ui/use-media'
import { useOptions } from '@/components/view/use-options'
import type { RowField } from '@/lib/flow/fields'
import { placedColumns, shownColumns } from './columns'

/** Whether the screen has room for a few columns only. */
export function useNarrow(): boolean {
  return !useMedia('(min-width: 640px)')
}

/** The columns that the link and the screen ask for, the pinned ones first; a narrow screen has no room to pin any. */
export function useColumns(): { shown: readonly RowField[]; pinned: number } {
  const { cols, pins } = useOptions('tuples').options
  const narrow = useNarrow()
  return useMemo(() => {
    const shown = shownColumns(cols, narrow)
    if (narrow) return { shown, pinned: 0 }
    return { shown: placedColumns(shown, pins), pinned: shown.filter((field) => pins.includes(field)).length }
  }, [cols, pins, narrow])
}
