'use client'

import { Ellipsis } from 'lucide-react'
import { IconButton } from '@/components/ui/button'
import { late } from '@/components/ui/late'
import { Popover } from '@/components/ui/popover'
import type { KeyField } from '@/lib/flow/field/fields'

const ByFields = late(() => import('./by-fields').then((part) => part.ByFields))

/** A picker of any field of the catalogue, or any two. */
export function ByPicker({ by, onChange }: { by: readonly KeyField[]; onChange: (by: KeyField[]) => void }) {
  return (
    <Popover
      label="Group talkers by"
      trigger={
        <IconButton label="Group by other fields" look="plain">
          <Ellipsis aria-hidden="true" size={14} />
        </IconButton>
      }
    >
      <ByFields by={by} onChange={onChange} />
    </Popover>
  )
}
