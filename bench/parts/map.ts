import { chromium, type Page } from '@playwright/test'
import type { KeyField } from '@/lib/flow/field/fields'
import { Problem } from '@/lib/flow/problem'
import { paths } from '@/lib/query/paths/paths'
import { talkers } from '@/lib/query/talkers/talkers'
import { Scope } from '@/lib/query/where/scope'
import { findChromium, NO_CHROMIUM } from '../../scripts/tests/chromium'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, laps, ms, times } from '../report/figures'
import { interleave, type Lap, percentile, ratio, spread } from '../run'
import { workOf } from '../served/browser'
import { inEachEngine, type Loaded } from '../served/engines'
import { serve } from '../served/server'

const BLOBS = 80
/** Maximum time of paths, as a multiple of the time of talkers by the same fields. */
const REACH = 2
const PAIRS: readonly (readonly [KeyField, KeyField])[] = [
  ['src', 'dst'],
  ['src', 'dport'],
  ['rule', 'dst'],
]
const SHOWN_BLOBS = 8
/** Maximum time from the answer to the picture. Milliseconds. */
const DRAWN = 1000
/** Maximum work for a frame while a matrix of 200 by 200 is scrolled at sixty frames a second. Milliseconds. */
const FRAME = 16.7
const FRAMES = 240
const SCROLLED = [96, 60] as const

async function price(bench: Bench, data: Dataset, { store }: Loaded): Promise<Result[]> {
  const view = { from: data.from, to: data.to, q: '', filter: null, logs: [], asof: null, once: false }
  const results: Result[] = []
  for (const by of PAIRS) {
    const timed = (ask: () => Promise<number>) => async (): Promise<Lap<number>> => {
      const begun = performance.now()
      const answers = await ask()
      return { ms: performance.now() - begun, answers }
    }
    const options = { scope: Scope.everything, by, limit: 20 }
    const contenders = [
      { name: 'paths', lap: timed(async () => (await paths(store, view, options)).total.tuples) },
      {
        name: 'talkers',
        lap: timed(async () => {
          const { rows, other } = await talkers(store, view, options)
          return rows.reduce((sum, { tuples }) => sum + tuples, other.tuples)
        }),
      },
    ]
    await interleave(contenders, 1, () => {})
    const [drawn, listed] = (await interleave(contenders, bench.options.rounds ?? 9, () => {})) as [Lap<number>[], Lap<number>[]]
    for (const [i, { answers }] of drawn.entries())
      if (answers !== listed[i]!.answers) throw new Error(`${by}: ${answers} tuples and ${listed[i]!.answers}`)
    const factor = ratio(drawn, listed)
    const [own, other] = [spread(drawn.map((lap) => lap.ms)), spread(listed.map((lap) => lap.ms))]
    bench.say(`${store.engine.name}, ${by}: ${laps(own)} and ${laps(other)}; ${times(factor)}`)
    results.push({
      part: `map, ${store.engine.name}`,
      measured: `${amount(data.tuples)} tuples loaded, paths by ${by} against talkers by the same`,
      reach: `${REACH}×`,
      got: `${times(factor)}; ${ms(own.median)} against ${ms(other.median)}`,
      met: factor.median <= REACH,
      bound: 'two group-bys over every tuple: the largest values of each column, and what goes between them',
    })
  }
  return results
}

/** Returns the time from the last byte of the answer to the frame that shows every node. Milliseconds. */
async function drawnAfter(page: Page, url: string, nodes: number): Promise<number> {
  await page.goto(url)
  return page.evaluate(async (count) => {
    const answered = () =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/api/paths?'))
        .at(-1)
    for (;;) {
      await new Promise(requestAnimationFrame)
      const answer = answered() as PerformanceResourceTiming | undefined
      if (answer && answer.responseEnd > 0 && document.querySelectorAll('[data-node]').length >= count) {
        await new Promise(requestAnimationFrame)
        return performance.now() - answer.responseEnd
      }
    }
  }, nodes)
}

async function drawing(bench: Bench): Promise<Result[]> {
  const { options, say } = bench
  const executablePath = findChromium()
  if (executablePath === null) throw new Problem('config', NO_CHROMIUM)
  const data = bench.data.day(SHOWN_BLOBS, blobTuples(options.scale))
  const server = await serve(bench, { FLOWLENS_SOURCES: data.folder })
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0, args: ['--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    const range = `from=${new Date(data.from).toISOString()}&to=${new Date(data.to).toISOString()}`
    const by = 'by=src,sport&limit=1000'
    const { nodes, links } = (await (await fetch(`${server.url}/api/paths?${range}&${by}`)).json()) as {
      nodes: unknown[]
      links: unknown[]
    }
    const rounds = options.rounds ?? 5
    const after: number[] = []
    for (let i = 0; i <= rounds; i++) {
      const drawn = await drawnAfter(page, `${server.url}/map?${range}&${by}`, nodes.length)
      // The first visit includes compiling the page.
      if (i > 0) after.push(drawn)
    }
    const drawn = spread(after)
    say(`${amount(nodes.length)} nodes and ${amount(links.length)} links: ${laps(drawn)}`)
    await page.goto(`${server.url}/map?${range}&by=src,sport&limit=200&show=matrix&baseline=none`)
    await page.locator('td[data-at]').first().waitFor({ timeout: 60_000 })
    const work = await workOf(page, () =>
      page.evaluate(
        async ({ frames, step: [down, right] }) => {
          const frame = document.querySelector('table')!.parentElement!
          for (let i = 0; i < frames; i++) {
            await new Promise(requestAnimationFrame)
            const way = i * down < frame.scrollHeight ? 1 : -1
            frame.scrollTop += way * down
            frame.scrollLeft += way * right
          }
        },
        { frames: FRAMES, step: SCROLLED },
      ),
    )
    const slow = percentile(work, 0.95)
    say(
      `matrix of 200 by 200: ${amount(work.length)} tasks, p50 ${ms(percentile(work, 0.5))}, p95 ${ms(slow)}, most ${ms(Math.max(...work))}`,
    )
    return [
      {
        part: 'map, drawn',
        measured: `${amount(nodes.length)} nodes and ${amount(links.length)} links in the browser: from the last byte of the answer to the picture`,
        reach: ms(DRAWN),
        got: `${ms(drawn.median)} (${ms(drawn.min)}–${ms(drawn.max)})`,
        met: drawn.median <= DRAWN,
        bound: 'checking the answer, laying it out, and the browser drawing it',
      },
      {
        part: 'map, matrix',
        measured: `200 × 200 cells scrolled by ${SCROLLED.join(' and ')} px a frame: main thread a task, p95 in CPU time`,
        reach: ms(FRAME),
        got: `${ms(slow)}; p50 ${ms(percentile(work, 0.5))}, most ${ms(Math.max(...work))}`,
        met: slow <= FRAME,
        bound: 'cells that come into sight, each a link',
      },
    ]
  } finally {
    await browser.close()
    await server.stop()
  }
}

/** Measures the map: its query against talkers of the same fields, and drawing it in a browser. */
export async function map(bench: Bench): Promise<Result[]> {
  const data = bench.data.day(BLOBS, blobTuples(bench.options.scale))
  return [...(await drawing(bench)), ...(await inEachEngine(bench, data, (loaded) => price(bench, data, loaded)))]
}
