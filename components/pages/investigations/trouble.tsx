'use client'

import { useQueryClient } from '@tanstack/react-query'
import { AnswerError } from '@/components/parts/answer/answer-error'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/states/notice'

/** Explains why a change was not saved; after a conflict, offers the other version. */
export function Trouble({ error, id }: { error: Error | null; id: string }) {
  const client = useQueryClient()
  if (error === null) return null
  const overtaken = error instanceof AnswerError && error.kind === 'conflict'
  const reload = () => void client.invalidateQueries({ queryKey: ['investigation', id] })
  return (
    <div className="p-2">
      <Notice
        tone="caution"
        title="The change was not saved"
        actions={overtaken ? <Button onClick={reload}>Load it again</Button> : undefined}
      >
        <p className="wrap-anywhere">{error.message}</p>
      </Notice>
    </div>
  )
}
