import { Problem } from '@/lib/flow/problem'
import type { Reading, Source } from '@/lib/source/model/source'
import { Gate } from '@/lib/source/wait/gate'
import { headBlocks, type Need, SMALL } from './plan'

/** Sources queried in parallel. */
const WIDTH = 32
/** Maximum number of ends remembered. */
const ENTRIES = 10_000

/** Ends of the heads that needs cover: block boundaries, as far as sources know them. */
export class Heads {
  private readonly ends = new Map<string, number>()

  /** Bytes of the need's head, or null while unknown. */
  end(need: Need): number | null {
    if (need.blob.length <= SMALL) return need.blob.length
    return this.ends.get(keyOf(need, need.blob.etag)) ?? null
  }

  /** Remembers the end of the head in the opened version. */
  learn(need: Need, reading: Reading): number | null {
    const { blob, until } = need
    if (reading.length <= SMALL) return reading.length
    const end = until === null || blob.hour === null ? null : reading.border(headBlocks(until, blob.hour))
    if (end === null) return null
    if (this.ends.size >= ENTRIES) this.ends.clear()
    this.ends.set(keyOf(need, reading.etag), end)
    return end
  }

  /** Asks the sources about needs whose head is unknown. If a source fails, the estimate remains; reading will report the failure. */
  async ask(needs: readonly Need[], sources: ReadonlyMap<string, Source>, signal: AbortSignal): Promise<void> {
    const gate = new Gate(WIDTH)
    const unknown = needs.filter((need) => need.until !== null && this.end(need) === null)
    await Promise.all(unknown.map((need) => gate.pass(signal, () => this.askOne(need, sources, signal))))
  }

  private async askOne(need: Need, sources: ReadonlyMap<string, Source>, signal: AbortSignal): Promise<void> {
    try {
      const reading = await sources.get(need.blob.source)?.open(need.blob, { growing: true, signal })
      if (reading) this.learn(need, reading)
    } catch (error) {
      if (signal.aborted || !(error instanceof Problem)) throw error
    }
  }
}

function keyOf({ blob, until }: Need, etag: string): string {
  return `${blob.id} ${until} ${etag}`
}
