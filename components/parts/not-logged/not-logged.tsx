'use client'

import { late } from '@/components/ui/late'
import { Popover } from '@/components/ui/popover'

const NeverLogged = late(() => import('./never-logged').then((part) => part.NeverLogged), {
  loading: () => <div className="h-80 w-104 max-w-full" aria-busy="true" />,
})

/** A button that lists what Azure does not log. */
export function NotLogged() {
  return (
    <Popover
      label="What flow logs never hold"
      trigger={
        <button type="button" className="-my-1.5 rounded-sm py-1.5 whitespace-nowrap underline underline-offset-3 hover:text-ink">
          What flow logs never hold
        </button>
      }
    >
      <NeverLogged />
    </Popover>
  )
}
