'use client'

import { useQueryClient } from '@tanstack/react-query'
import { AnswerError } from '@/components/answer/answer-error'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'

/** Why a change was not kept; where somebody else was faster, the way to what they made of it. */
export function Trouble({ error, id }: { error: Error | null; id: string }) {
  const client = useQueryClient()
  if (error === null) return null
  const overtaken = error instanceof AnswerError && error.kind === 'conflict'
  const reload = () => void client.invalidateQueries({ queryKey: ['investigation', id] })
  return (
    <div className="p-2">
      <Notice
        tone="caution"
        title="The change was not kept"
        actions={overtaken ? <Button onClick={reload}>Load it again</Button> : undefined}
      >
        <p className="wrap-anywhere">{error.message}</p>
      </Notice>
    </div>
  )
}
