'use client'

import { LogIn } from 'lucide-react'
import { signInHref } from '@/components/parts/session/sign-in-href'
import { buttonClass } from '@/components/ui/button'
import { classNames } from '@/components/ui/class-names'
import { Mark } from '@/components/ui/marks/mark'
import { Notice } from '@/components/ui/states/notice'
import { entraAdvice } from '@/lib/flow/access/entra-refusals'
import { readSignInFailed, type SignInProblem } from '@/lib/flow/access/sign-in-failed'

const TOLD: Record<SignInProblem, string> = {
  signin: 'Signing in did not work. It was cancelled, took too long, or was begun in another window.',
  denied: 'This account belongs to a tenant whose people may not sign in here.',
  source: 'The sign-in service did not answer.',
  config: 'The sign-in service does not accept this server. Whoever runs it has to look at its app registration.',
  store: 'Signing in failed on this server.',
}

/** Replaces every page until somebody has signed in. */
export function SignInPage() {
  const failed = readSignInFailed(window.location.hash)
  const advice = entraAdvice(failed?.number ?? null)
  return (
    <main id="main" className="flex flex-1 flex-col items-center justify-center gap-5 px-4 py-16">
      <div className="flex w-full max-w-88 flex-col gap-4">
        <Mark />
        <div>
          <h1 className="text-figure font-semibold tracking-tight">Sign in</h1>
          <p className="mt-1 text-muted">Flow logs are shown to people who may read them. You come back to the link that you opened.</p>
        </div>
        {failed ? (
          <Notice tone="caution" title={TOLD[failed.problem]}>
            {advice === null ? null : <p className="wrap-anywhere text-ink">{`${advice[0]!.toUpperCase()}${advice.slice(1)}.`}</p>}
            <p>
              {failed.number === null ? '' : `${failed.number} · `}request <span className="data wrap-anywhere">{failed.requestId}</span>
            </p>
          </Notice>
        ) : null}
        {/* A page of another site follows, so this is no link of the router's. */}
        <a
          href={signInHref(window.location.pathname, window.location.search)}
          className={classNames(buttonClass('primary'), 'h-9 text-title')}
        >
          <LogIn aria-hidden="true" size={15} />
          Sign in with Microsoft
        </a>
      </div>
    </main>
  )
}
