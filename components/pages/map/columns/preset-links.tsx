'use client'

import { PatchLink } from '@/components/parts/view/patch-link'
import { useContextNames } from '@/components/parts/whois/use-whois'
import type { KeyField } from '@/lib/flow/field/fields'
import { presetsFor } from './presets'

/** Sets of columns for common questions. */
export function PresetLinks({ by }: { by: readonly KeyField[] }) {
  const told = useContextNames()
  return (
    <nav aria-label="Usual columns" className="flex flex-wrap gap-1">
      {presetsFor(told).map((preset) => (
        <PatchLink
          key={preset.label}
          patch={{ by: preset.by.join(',') }}
          aria-current={preset.by.join() === by.join() ? 'true' : undefined}
          className="flex h-7 items-center rounded-md border border-line px-2 text-label whitespace-nowrap text-muted hover:border-line-strong hover:text-ink aria-[current]:bg-raised aria-[current]:font-medium aria-[current]:text-ink"
        >
          {preset.label}
        </PatchLink>
      ))}
    </nav>
  )
}
