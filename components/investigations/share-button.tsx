'use client'

import { Button } from '@/components/ui/button'
import type { Investigation } from '@/lib/flow/investigation'
import { Trouble } from './trouble'
import { useChange } from './use-investigations'

/** Lets everybody who signs in here read an investigation of one's own. Its links still show each reader only what that reader may read. */
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
