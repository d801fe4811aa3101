'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { probe } from '@/components/parts/answer/connection'
import { useLoad } from '@/components/parts/answer/load/load-provider'
import { formatPlural } from '@/components/parts/format/number'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/states/notice'

/** Seconds between two tries: at first, and at most. */
const FIRST = 2
const MOST = 30

/** Shown while the server cannot be reached: tries again by itself, and requests everything again once it can. */
export function LostNotice() {
  const client = useQueryClient()
  const { resume } = useLoad()
  const [wait, setWait] = useState(FIRST)
  const [left, setLeft] = useState(FIRST)
  const look = useEffectEvent(async () => {
    if (await probe()) {
      resume()
      await client.refetchQueries({ predicate: ({ state }) => state.status === 'error' })
      return
    }
    const next = Math.min(MOST, wait * 2)
    setWait(next)
    setLeft(next)
  })
  useEffect(() => {
    const timer = setTimeout(() => (left > 1 ? setLeft(left - 1) : void look()), 1000)
    return () => clearTimeout(timer)
  }, [left])
  useEffect(() => {
    const online = () => void look()
    window.addEventListener('online', online)
    return () => window.removeEventListener('online', online)
  }, [])
  return (
    <div className="px-3 pt-2 sm:px-4">
      <Notice tone="caution" title="The connection to the server is lost" actions={<Button onClick={() => void look()}>Try now</Button>}>
        Nothing new can be asked. The next try is in {formatPlural(left, 'second')}.
      </Notice>
    </div>
  )
}
