'use client'

import { zoneName } from '@/components/parts/format/time'
import { useKey } from '@/components/parts/keys/use-key'
import { useView } from '@/components/parts/view/use-view'
import { Button } from '@/components/ui/button'

/** Times in UTC, or in the zone of the reader's machine. */
export function ZoneToggle() {
  const { zone, go } = useView()
  const flip = () => go({ tz: zone === 'utc' ? 'local' : null }, { replace: true })
  useKey({ keys: 'u', does: 'UTC or local time', group: 'Always' }, flip)
  const name = zone === 'utc' ? 'UTC' : zoneName(Date.now(), zone)
  return (
    <Button
      look="ghost"
      className="data min-w-11"
      aria-label={`Times in ${name}. Change to ${zone === 'utc' ? 'local time' : 'UTC'}`}
      title={`Times in ${name}\nclick or u: ${zone === 'utc' ? 'local time' : 'UTC'}`}
      onClick={flip}
    >
      {name}
    </Button>
  )
}
