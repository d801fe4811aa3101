import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ContainerClient } from '@azure/storage-blob'
import { BlobServiceClient } from '@azure/storage-blob'
import { startAzurite } from '../../scripts/demo/azurite'
import type { FourAnswers } from '../answers'
import { askServer } from '../ask-server'
import { mustAgree } from '../compare'
import { blobTuples, type Dataset } from '../data'
import { amount, ms, size, times } from '../figures'
import type { Bench, Result } from '../part'
import { interleave, type Lap, ratio, spread } from '../run'
import { serve } from '../server'

const BLOBS = 24
const SIDE_BY_SIDE = 16
const REACH = 1.25

async function upload(service: BlobServiceClient, data: Dataset): Promise<{ container: ContainerClient; names: string[] }> {
  const [name] = path.relative(data.folder, data.files[0]!).split(path.sep)
  const container = service.getContainerClient(name!)
  await container.createIfNotExists()
  const names: string[] = []
  for (const file of data.files) {
    const blob = path.relative(path.join(data.folder, name!), file).split(path.sep).join('/')
    await container.getBlockBlobClient(blob).uploadData(readFileSync(file), { blockSize: 256 * 1024, maxSingleShotSize: 1 })
    names.push(blob)
  }
  return { container, names }
}

/** Merely downloads: bytes are counted and dropped. */
async function download(container: ContainerClient, names: readonly string[], bytes: number): Promise<Lap<null>> {
  const begun = performance.now()
  const queue = names.values()
  let got = 0
  const reader = async () => {
    for (const name of queue) {
      const { readableStreamBody } = await container.getBlobClient(name).download()
      for await (const chunk of readableStreamBody!) got += (chunk as Buffer).length
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, reader))
  if (got !== bytes) throw new Error(`storage: downloaded ${got} of ${bytes} bytes`)
  return { ms: performance.now() - begun, answers: null }
}

async function askLap(bench: Bench, connectionString: string, data: Dataset): Promise<Lap<FourAnswers>> {
  const server = await serve(bench, { AZURE_STORAGE_CONNECTION_STRING: connectionString })
  try {
    return await askServer(server.url, data)
  } finally {
    await server.stop()
  }
}

/** The first look at a day straight from a storage account, against only downloading the same blobs. */
export async function storage(bench: Bench): Promise<Result[]> {
  const { options, say } = bench
  const data = bench.data.day(BLOBS, blobTuples(options.scale))
  const truth = await bench.data.truth(data)
  const azurite = await startAzurite()
  try {
    const { container, names } = await upload(BlobServiceClient.fromConnectionString(azurite.connectionString), data)
    const contenders = [
      { name: 'Flowlens', lap: () => askLap(bench, azurite.connectionString, data) },
      { name: 'download', lap: () => download(container, names, data.bytes) },
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
