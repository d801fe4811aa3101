import { vi } from 'vitest'
import type { RouteAnswers } from '@/components/parts/answer/fetch-answer'
import type { ResolvedView } from '@/lib/flow/answer/answer'
import type { Investigation, InvestigationsAnswer } from '@/lib/flow/answer/evidence/investigation'
import type { AlertsAnswer } from '@/lib/flow/answer/kept/alert'
import type { MutesAnswer } from '@/lib/flow/answer/kept/mute'
import type { WatchesAnswer } from '@/lib/flow/answer/kept/watch'
import type { Progress } from '@/lib/flow/answer/read/load'
import type { Plan } from '@/lib/flow/answer/read/plan'
import type { ProblemKind } from '@/lib/flow/problem'

type Search = URLSearchParams
/** The answer of a route, or a function that makes it from the keys of the question. */
type Given<T> = T | ((search: Search) => T | Response | Promise<T>)

interface KeptAnswers {
  watches: WatchesAnswer
  alerts: AlertsAnswer
  mutes: MutesAnswer
  investigations: InvestigationsAnswer
  [investigation: `investigations/${string}`]: Investigation
}

type AllAnswers = RouteAnswers & KeptAnswers

/** The answers that a test gives in place of the API. Routes without one answer 404. */
export type Routes = { [Route in keyof AllAnswers]?: Given<Partial<AllAnswers[Route]>> }

/**
 * The end of `/api/load`: everything is read, the reader is asked first, it fails, or the connection is lost (`EventSource` reports a refusal, a break and an
 * end alike), and the `view` and `progress` sent before.
 */
export type Load =
  | { view?: ResolvedView; progress?: Progress; ends: 'done' | 'problem' | 'error' | 'never' }
  | { view: ResolvedView; ends: 'ask'; plan: Plan }

/** The requests so far, as `ROUTE?KEYS`. */
export let asked: string[] = []
/** The bodies of these requests, where they have one. */
export let sent: unknown[] = []

/** Sends the events of `/api/load` a moment after a listener is added; the last of `loads` also serves all further streams. */
function eventSourceOf(loads: readonly Load[]) {
  let opened = 0
  return class {
    private readonly load = loads[Math.min(opened++, loads.length - 1)]!
    private readonly target = new EventTarget()
    private closed = false

    constructor(url: string) {
      asked.push(url.replace('/api/', ''))
      queueMicrotask(() => this.play())
    }

    addEventListener(name: string, listener: EventListener): void {
      this.target.addEventListener(name, listener)
    }

    close(): void {
      this.closed = true
    }

    private say(name: string, data: unknown = null): void {
      if (!this.closed) this.target.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }))
    }

    private play(): void {
      const { load } = this
      if (load.view !== undefined) this.say('view', load.view)
      if ('progress' in load) this.say('progress', load.progress)
      if (load.ends !== 'never') this.say(load.ends, load.ends === 'ask' ? load.plan : null)
    }
  }
}

/** Answers in place of the API until the end of the test. */
export function serve(routes: Routes, loads: readonly Load[]): void {
  asked = []
  sent = []
  vi.stubGlobal('EventSource', eventSourceOf(loads))
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (typeof init?.body === 'string') sent.push(JSON.parse(init.body))
    const { pathname, searchParams } = new URL(url, window.location.href)
    const route = pathname.replace('/api/', '')
    asked.push(`${route}?${searchParams}`)
    const given = routes[route as keyof Routes]
    const body = typeof given === 'function' ? await given(searchParams) : given
    if (body instanceof Response) return body
    return body === undefined ? Response.json({ error: { kind: 'absent', message: `no ${route}` } }, { status: 404 }) : Response.json(body)
  })
}

/** Returns an error answer: a problem of this kind with this message. */
export function refusal(status: number, kind: ProblemKind, message: string): Response {
  return Response.json({ error: { kind, message } }, { status })
}

export function forgetServer(): void {
  vi.unstubAllGlobals()
}
