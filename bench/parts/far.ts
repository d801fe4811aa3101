import { BlobServiceClient } from '@azure/storage-blob'
import { startAzurite } from '../../scripts/demo/azurite'
import type { FourAnswers } from '../answers'
import { mustAgree } from '../compare'
import { download, upload } from '../logs/container'
import { blobTuples } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, ms, size, times } from '../report/figures'
import { interleave, type Lap, ratio, spread } from '../run'
import { type Line, startSlowLine } from '../served/slow-line'
import { askLap } from './storage'

/** Simultaneous downloads. */
const WIDTH = 32

interface Distance {
  blobs: number
  /** Tuples of each blob. */
  tuples: (scale: number) => number
  line: Line
  /** Largest allowed ratio of our time to the download's. */
  reach: number
}

const DISTANCES: readonly Distance[] = [
  { blobs: 2_400, tuples: () => 300, line: { latency: 20, rate: 1e9 }, reach: 1.15 },
  { blobs: 24, tuples: blobTuples, line: { latency: 20, rate: 135e6 }, reach: 1.4 },
]

async function measure(bench: Bench, distance: Distance): Promise<Result> {
  const { options, say } = bench
  const { line, reach } = distance
  const blobs = Math.max(24, Math.round(distance.blobs > 24 ? distance.blobs * options.scale : distance.blobs))
  const data = bench.data.day(blobs, distance.tuples(options.scale))
  const truth = await bench.data.truth(data)
  const azurite = await startAzurite()
  const near = BlobServiceClient.fromConnectionString(azurite.connectionString)
  const slow = await startSlowLine(Number(new URL(near.url).port), line)
  const far = azurite.connectionString.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${slow.port}`)
  try {
    const { container } = await upload(near, data)
    const there = BlobServiceClient.fromConnectionString(far).getContainerClient(container.containerName)
    const contenders = [
      { name: 'Flowlens', lap: () => askLap(bench, far, data) },
      { name: 'download', lap: () => download(there, null, data.bytes, WIDTH) },
    ]
    const [ours, plain] = (await interleave<FourAnswers | null>(contenders, options.rounds ?? 3, (name, lap) =>
      say(`${amount(blobs)} blobs, ${name}: ${ms(lap.ms)}, ${amount(slow.take())} requests`),
    )) as [Lap<FourAnswers>[], Lap<null>[]]
    for (const lap of ours) mustAgree('far', lap.answers, truth, 'DuckDB')
    const factor = ratio(ours, plain)
    return {
      part: 'far',
      measured: `storage ${line.latency} ms away at ${size(line.rate)} a second, ${amount(blobs)} blobs, ${amount(data.tuples)} tuples, ${size(data.bytes)}: first request to four answers, against listing and downloading, ${WIDTH} at a time`,
      reach: `${reach}×`,
      got: `${times(factor)}; ${ms(spread(ours.map((lap) => lap.ms)).median)} against ${ms(spread(plain.map((lap) => lap.ms)).median)}`,
      met: factor.median <= reach,
      bound: 'the emulator and the line run on the same cores; answers come after the last byte',
    }
  } finally {
    await slow.stop()
    await azurite.stop()
  }
}

/** The first query of a day from storage at some distance, against only listing and downloading the same blobs. */
export async function far(bench: Bench): Promise<Result[]> {
  const results: Result[] = []
  for (const distance of DISTANCES) results.push(await measure(bench, distance))
  return results
}
