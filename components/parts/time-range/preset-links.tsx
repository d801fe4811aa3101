'use client'

import { useId } from 'react'
import { useView } from '@/components/parts/view/use-view'
import { ViewLink } from '@/components/parts/view/view-link'
import { buttonClass } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { isSameRange, type Preset } from './presets'
import { askedPatch } from './range-math'

/** Links to preset ranges; the current one is marked. */
export function PresetLinks({ name, presets, onDone }: { name: string; presets: readonly Preset[]; onDone: () => void }) {
  const { asked } = useView()
  const id = useId()
  return (
    <div>
      <h3 id={id} className="mb-1 text-label text-muted">
        {name}
      </h3>
      <ul aria-labelledby={id} className="flex flex-wrap gap-1">
        {presets.map(({ label, name: whole, range }) => {
          const chosen = isSameRange(range, asked.range)
          return (
            <li key={label}>
              <ViewLink
                patch={askedPatch(range)}
                onClick={onDone}
                aria-label={whole}
                aria-current={chosen ? 'true' : undefined}
                className={classNames(buttonClass(chosen ? 'chosen' : 'plain'), 'min-w-10')}
              >
                {label}
              </ViewLink>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
