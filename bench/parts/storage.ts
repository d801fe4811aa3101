import { BlobServiceClient } from '@azure/storage-blob'
import { startAzurite } from '../../scripts/demo/azurite'
import type { FourAnswers } from '../answers'
import { mustAgree } from '../compare'
import { download, upload } from '../logs/container'
import { blobTuples, type Dataset } from '../logs/data'
import type { Bench, Result } from '../part'
import { amount, ms, size, times } from '../report/figures'
import { interleave, type Lap, ratio, spread } from '../run'
import { askServer } from '../served/ask-server'
import { serve } from '../served/server'

const BLOBS = 24
const SIDE_BY_SIDE = 16
const REACH = 1.25

/** Measures a new server over an account, from the first request to all four answers. */
export async function askLap(bench: Bench, connectionString: string, data: Dataset): Promise<Lap<FourAnswers>> {
  const server = await serve(bench, { AZURE_STORAGE_CONNECTION_STRING: connectionString })
  try {
    return await askServer(server.url, data)
  } finally {
    await server.stop()
  }
}

/** The first query of a day from a storage account, compared with only downloading the same blobs. */
export async function storage(bench: Bench): Promise<Result[]> {
  const { options, say } = bench
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const truth = await bench.data.truth(data)
  const azurite = await startAzurite()
  try {
    const { container, names } = await upload(BlobServiceClient.fromConnectionString(azurite.connectionString), data)
    const contenders = [
      { name: 'Flowlens', lap: () => askLap(bench, azurite.connectionString, data) },
      { name: 'download', lap: () => download(container, names, data.bytes, SIDE_BY_SIDE) },
    ]
    const [ours, plain] = (await interleave<FourAnswers | null>(contenders, options.rounds ?? 5, (name, lap) =>
      say(`${name}: ${ms(lap.ms)}`),
    )) as [Lap<FourAnswers>[], Lap<null>[]]
    for (const lap of ours) mustAgree('storage', lap.answers, truth, 'DuckDB')
    const factor = ratio(ours, plain)
    return [
      {
        part: 'cold from storage',
        measured: `${BLOBS} blobs, ${amount(data.tuples)} tuples, ${size(data.bytes)} through Azurite: first request to four answers, against downloading, ${SIDE_BY_SIDE} at a time`,
        reach: `${REACH}×`,
        got: `${times(factor)}; ${ms(spread(ours.map((lap) => lap.ms)).median)} against ${ms(spread(plain.map((lap) => lap.ms)).median)}`,
        met: factor.median <= REACH,
        bound: 'cold itself: over loopback the emulator serves faster than a core can scan, and shares both cores with us',
      },
    ]
  } finally {
    await azurite.stop()
  }
}
