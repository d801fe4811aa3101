'use client'

import { useQuery } from '@tanstack/react-query'
import { CircleUserRound, LogOut } from 'lucide-react'
import { useState } from 'react'
import { fetchJson, sendJson } from '@/components/parts/answer/fetch-answer'
import { Button } from '@/components/ui/button'
import { Popover } from '@/components/ui/popover'
import type { MeAnswer } from '@/lib/flow/answer/me'

/** Ends the session in the browser and on the server, and reloads the page without the person's data. */
async function signOut(): Promise<void> {
  await sendJson('POST', 'auth/logout', {})
  window.location.assign('/')
}

function SignOut() {
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const press = () => {
    setBusy(true)
    signOut().catch((error: unknown) => {
      setBusy(false)
      setFailure(error instanceof Error ? error.message : String(error))
    })
  }
  return (
    <div className="mt-2 border-t border-line pt-2">
      <Button onClick={press} disabled={busy} className="h-8 w-full">
        <LogOut aria-hidden="true" size={13} />
        Sign out
      </Button>
      {failure ? (
        <p role="alert" className="mt-1 text-label text-caution">
          Not signed out: {failure}
        </p>
      ) : null}
    </div>
  )
}

/** The signed-in person, and a way to sign out. Nothing without sign-in. */
export function Account() {
  const { data } = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => fetchJson<MeAnswer>('auth/me', new URLSearchParams(), signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const person = data?.person
  if (!person) return null
  return (
    <Popover
      label="Account"
      trigger={
        <Button look="ghost" aria-label={`Account: ${person.name}`}>
          <CircleUserRound aria-hidden="true" size={15} />
          <span className="max-w-40 truncate max-xl:sr-only">{person.name}</span>
        </Button>
      }
    >
      <div className="w-72 max-w-full">
        <p className="text-title font-semibold wrap-anywhere">{person.name}</p>
        <p className="mt-0.5 text-label text-muted">
          tenant <span className="data wrap-anywhere">{person.tenant}</span>
        </p>
        <SignOut />
      </div>
    </Popover>
  )
}
