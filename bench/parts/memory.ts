import { readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { mustAgree } from '../compare'
import { blobTuples } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, ms, size } from '../report/figures'
import { askServer } from '../served/ask-server'
import { peakMemory, serve, sizeOf } from '../served/server'

const BLOBS = 240
const MOST_RESIDENT = 1.5e9
const MOST_DISK = 32

/** Resolves when every spool file has become rows of tables. */
async function untilSettled(dataDir: string): Promise<void> {
  while (readdirSync(path.join(dataDir, 'spool')).length > 0) await setTimeout(200)
}

/** Measures the memory and disk that the server needs for a large day. */
export async function memory(bench: Bench): Promise<Result[]> {
  const { options, say } = bench
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const truth = await bench.data.truth(data)
  const server = await serve(bench, { FLOWLENS_SOURCES: data.folder })
  try {
    const idle = peakMemory(server.pid)
    const { ms: took, answers } = await askServer(server.url, data)
    mustAgree('memory', answers, truth, 'DuckDB')
    await untilSettled(server.dataDir)
    const peak = peakMemory(server.pid)
    const disk = sizeOf(server.dataDir) / data.tuples
    say(`${amount(data.tuples)} tuples in ${ms(took)}; idle ${idle === null ? 'unknown' : size(idle)}`)
    const measured = `${amount(data.tuples)} tuples loaded and settled, ${size(data.bytes)} of JSON`
    return [
      {
        part: 'memory',
        measured: `${measured}: peak resident memory of the server`,
        reach: size(MOST_RESIDENT),
        got: peak === null ? 'not measured on this system' : size(peak),
        met: peak === null ? null : peak <= MOST_RESIDENT,
        bound: 'the engine fills what it is allowed (512 MiB), the rest is Node, two parse threads and bytes on their way',
      },
      {
        part: 'disk',
        measured: `${measured}: data directory`,
        reach: `${MOST_DISK} B a tuple`,
        got: `${disk.toFixed(1)} B a tuple`,
        met: disk <= MOST_DISK,
        bound: 'two IPv4 addresses take 8 B, IPv6 ones 32; ports, counters and positions most of the rest',
      },
    ]
  } finally {
    await server.stop()
  }
}
