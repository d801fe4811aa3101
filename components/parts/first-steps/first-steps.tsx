'use client'

import { useQuery } from '@tanstack/react-query'
import { ArrowLeft, ArrowRight, Check, X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { formatPlural } from '@/components/parts/format/number'
import { TryAgain } from '@/components/parts/session/try-again'
import { useView } from '@/components/parts/view/use-view'
import { Button, buttonClass, IconButton } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/marks/skeleton'
import { findStory } from './best-story'
import { rememberSeen } from './seen'
import { type Step, stepsOf } from './steps'

/** Closes the steps. */
function useLeave(): () => void {
  const { go } = useView()
  return () => {
    rememberSeen()
    go({ step: null }, { replace: true })
  }
}

function Strip({ count, question, children, actions }: { count: string; question: string; children: ReactNode; actions?: ReactNode }) {
  const leave = useLeave()
  return (
    <aside
      aria-label="First steps"
      className="mx-3 mt-2 flex items-start gap-3 rounded-lg border border-accent bg-accent-soft py-2 pr-2 pl-3 sm:mx-4"
    >
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="min-w-60 flex-1">
          <h2 className="font-medium">
            <span className="mr-2 font-normal text-muted">{count}</span>
            {question}
          </h2>
          <div aria-live="polite" className="mt-0.5 text-balance text-muted">
            {children}
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-1.5">{actions}</div>
      </div>
      <IconButton label="Leave the first steps" onClick={leave}>
        <X aria-hidden="true" size={14} />
      </IconButton>
    </aside>
  )
}

function Moves({ steps, step }: { steps: readonly Step[]; step: number }) {
  const { href } = useView()
  const leave = useLeave()
  const to = (index: number) => {
    const { path, patch } = steps[index - 1]!
    return href({ ...patch, step: String(index) }, path)
  }
  const next = steps[step]
  return (
    <>
      {step > 1 ? (
        <Link href={to(step - 1)} prefetch={false} className={buttonClass('ghost')}>
          <ArrowLeft aria-hidden="true" size={13} />
          Back
        </Link>
      ) : null}
      {next ? (
        <Link href={to(step + 1)} prefetch={false} className={buttonClass('primary')}>
          {next.question}
          <ArrowRight aria-hidden="true" size={13} />
        </Link>
      ) : (
        <Button look="primary" onClick={leave}>
          <Check aria-hidden="true" size={13} />
          Done
        </Button>
      )}
    </>
  )
}

/** A guided tour of the best story, one question at a time, each on the page that answers it. */
export function FirstSteps() {
  const { step, href } = useView()
  const { data, error, refetch } = useQuery({
    queryKey: ['first-steps'],
    queryFn: ({ signal }) => findStory(signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) {
    return (
      <Strip count="First steps" question="The logs could not be queried" actions={<TryAgain onRetry={() => void refetch()} />}>
        <p role="alert">{error.message}</p>
      </Strip>
    )
  }
  if (data === undefined) {
    return (
      <Strip count="First steps" question="Looking for what deserves a look">
        <Skeleton className="my-1 h-3 w-80 max-w-full" />
      </Strip>
    )
  }
  if (data.story === null) {
    return (
      <Strip
        count="First steps"
        question="Nothing to follow"
        actions={
          <Link href={href({ step: null }, '/findings')} className={buttonClass()}>
            What was looked for
          </Link>
        }
      >
        Nothing in {formatPlural(data.tuples, 'tuple')} of the latest 24 hours of data deserves a look.
      </Strip>
    )
  }
  const steps = stepsOf(data.story, data)
  // A link to a step of a longer story leads to the last one.
  const at = Math.min(step, steps.length)
  const { question, answer } = steps[at - 1]!
  return (
    <Strip count={`${at} of ${steps.length}`} question={question} actions={<Moves steps={steps} step={at} />}>
      {answer}
    </Strip>
  )
}
