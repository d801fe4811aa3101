import { chromium, type Page } from '@playwright/test'
import { Problem } from '@/lib/flow/problem'
import { findChromium, NO_CHROMIUM } from '../../scripts/tests/chromium'
import { blobTuples } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, ms, size } from '../report/figures'
import { percentile } from '../run'
import { type Glide, glide } from '../served/browser'
import { serve } from '../served/server'

const BLOBS = 8
/** Rows to scroll through, and pixels per frame: seven rows, about 400 a second. */
const ROWS = 12_000
const STEP = 196
/** Rows in memory around the visible ones, which can be scrolled through without a request. */
const NEAR = 600
/** Paging may use this much more of the main thread than scrolling alone, in the slowest frames. */
const MOST = 1.25
/** Longest work for one frame. Milliseconds. */
const LONG = 100

/** Scrolls back and forth over rows in memory, until as many have passed as when paging. */
async function back(page: Page, rows: number): Promise<Glide[]> {
  const glides: Glide[] = []
  for (let seen = 0; seen < rows; seen += 2 * NEAR) {
    for (const direction of [-1, 1] as const) glides.push(await glide(page, { rows: NEAR, step: direction * STEP }))
  }
  return glides
}

/** Measures whether the explorer's paging slows scrolling down: work of the page's main thread in CPU time, so that a busy machine does not matter. */
export async function scroll(bench: Bench): Promise<Result[]> {
  const { options, say } = bench
  const executablePath = findChromium()
  if (executablePath === null) throw new Problem('config', NO_CHROMIUM)
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const rows = Math.min(ROWS, Math.floor(data.tuples / 2))
  const server = await serve(bench, { FLOWLENS_SOURCES: data.folder })
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0, args: ['--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.goto(`${server.url}/explorer?from=${new Date(data.from).toISOString()}&to=${new Date(data.to).toISOString()}`)
    await page.locator('[data-row="0"]').waitFor({ timeout: 300_000 })
    const paging = await glide(page, { rows, step: STEP })
    const still = await back(page, rows / 2)
    const alone = still.flatMap((one) => one.work)
    const [slow, usual] = [percentile(paging.work, 0.99), percentile(alone, 0.99)]
    const longest = percentile([...paging.work, ...alone], 1)
    const { stuck, frames, heap } = paging
    say(
      `paging: ${amount(frames)} frames, p50 ${ms(percentile(paging.work, 0.5))}, p99 ${ms(slow)}; ${stuck} without rows; heap ${size(heap)}`,
    )
    say(`rows in memory: ${amount(alone.length)} frames, p50 ${ms(percentile(alone, 0.5))}, p99 ${ms(usual)}`)
    return [
      {
        part: 'scroll',
        measured: `${amount(rows)} of ${amount(data.tuples)} rows of the explorer at ${STEP} px a frame: main thread a frame, p99, against rows in memory`,
        reach: `${MOST}×, no frame without rows or over ${LONG} ms`,
        got: `${(slow / usual).toFixed(2)}×; ${ms(slow)} against ${ms(usual)}; longest ${ms(longest)}; ${stuck} frames without rows, heap ${size(heap)}`,
        met: slow <= MOST * usual && stuck === 0 && longest <= LONG,
        bound: 'drawing the rows themselves: style, layout and paint of thirteen cells each',
      },
    ]
  } finally {
    await browser.close()
    await server.stop()
  }
}
