'use client'

import { useId } from 'react'
import { buttonClass } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { useView } from '@/components/view/use-view'
import { ViewLink } from '@/components/view/view-link'
import { isSameRange, type Preset } from './presets'
import { askedPatch } from './range-math'

/** Ranges to choose from; the one that is asked for is marked. */
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
