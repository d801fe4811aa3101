'use client'

import { useChange } from '@/components/parts/investigation/use-investigations'
import { Button } from '@/components/ui/button'
import type { Investigation } from '@/lib/flow/answer/evidence/investigation'
import { Trouble } from './trouble'

/** Lets everybody who signs in here read one's own investigation. Its links still show each reader only the data that they may read. */
export function ShareButton({ investigation }: { investigation: Investigation }) {
  const change = useChange(investigation)
  const { shared } = investigation
  return (
    <>
      <Button
        aria-pressed={shared}
        disabled={change.isPending}
        title="Everybody who signs in here may then read its title, note and links. Links still show each reader only what that reader may read."
        onClick={() => change.mutate({ shared: !shared })}
      >
        {shared ? 'Shared with everybody' : 'Share'}
      </Button>
      <Trouble error={change.error} id={investigation.id} />
    </>
  )
}
