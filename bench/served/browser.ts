import type { CDPSession, Page } from '@playwright/test'

export interface Movement {
  /** Rows to scroll past. */
  rows: number
  /** Pixels per frame, negative for up. */
  step: number
}

/** Measurements of one scroll. */
export interface Glide {
  /** CPU time of each task of the page's main thread; tasks under a millisecond are omitted. Milliseconds. */
  work: number[]
  frames: number
  /** Frames that showed a row that had not been loaded. */
  stuck: number
  /** Memory used by scripts at the end. Bytes. */
  heap: number
}

/** The part of a trace event that is used (docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU); `tdur` is CPU time in microseconds. */
interface TraceEvent {
  name: string
  pid: number
  tid: number
  tdur?: number
  args: { name?: string }
}

async function trace(session: CDPSession, act: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  const take = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]))
  session.on('Tracing.dataCollected', take)
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', '__metadata'] } })
  await act()
  await session.send('Tracing.end')
  await complete
  session.off('Tracing.dataCollected', take)
  return events
}

/** CPU time of the tasks of the busiest renderer's main thread. Milliseconds. */
function mainThreadWork(events: readonly TraceEvent[]): number[] {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
  const works = mains.map(({ pid, tid }) =>
    events
      .filter((event) => event.pid === pid && event.tid === tid && event.name.endsWith('RunTask'))
      .flatMap(({ tdur = 0 }) => (tdur >= 1000 ? [tdur / 1000] : [])),
  )
  return works.reduce((busiest, work) => (work.length > busiest.length ? work : busiest), [])
}

/** Returns the CPU time of each task of the page's main thread while `act` runs; tasks under 1 ms are left out. Milliseconds. */
export async function workOf(page: Page, act: () => Promise<void>): Promise<number[]> {
  const session = await page.context().newCDPSession(page)
  const events = await trace(session, act)
  await session.detach()
  return mainThreadWork(events)
}

/** Scrolls the explorer's table frame by frame and measures it. */
export async function glide(page: Page, movement: Movement): Promise<Glide> {
  const session = await page.context().newCDPSession(page)
  let seen = { frames: 0, stuck: 0 }
  const events = await trace(session, async () => {
    seen = await page.getByRole('grid', { name: 'Tuples' }).evaluate(async (table, { rows, step }) => {
      const scroller = table.parentElement!
      const height = table.querySelector('[data-row]')!.getBoundingClientRect().height
      const [frames, count] = [Math.ceil((rows * height) / Math.abs(step)), { stuck: 0 }]
      for (let frame = 0; frame < frames; frame++) {
        await new Promise(requestAnimationFrame)
        const { top, bottom } = scroller.getBoundingClientRect()
        const missing = [...table.querySelectorAll('tr[aria-busy]')].some((row) => {
          const box = row.getBoundingClientRect()
          return box.bottom > top && box.top < bottom
        })
        if (missing) count.stuck++
        scroller.scrollTop += step
      }
      return { frames, ...count }
    }, movement)
  })
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return { work: mainThreadWork(events), ...seen, heap: usedSize }
}
