'use client'

import { useState } from 'react'
import { Dialog } from '@/components/ui/dialog'
import { Segmented } from '@/components/ui/segmented'
import { Lists } from './lists'
import { Views } from './views'

const KINDS = [
  { value: 'views', label: 'Views' },
  { value: 'lists', label: 'Lists of values' },
] as const

/** Views and lists under a name, kept on the server. */
export function SavedDialog({ onClose }: { onClose: () => void }) {
  const [kind, setKind] = useState<'views' | 'lists'>('views')
  return (
    <Dialog title="Saved" wide onClose={onClose}>
      <div className="flex flex-col gap-3">
        <div>
          <Segmented label="What is saved" choices={KINDS} value={kind} onChange={setKind} />
        </div>
        {kind === 'views' ? <Views onOpen={onClose} /> : <Lists />}
      </div>
    </Dialog>
  )
}
