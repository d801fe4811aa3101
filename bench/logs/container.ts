import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { BlobServiceClient, ContainerClient } from '@azure/storage-blob'
import type { Lap } from '../run'
import type { Dataset } from './data'

/** Uploads at once. */
const WIDTH = 16
const BLOCK = 256 * 1024

/** Uploads a day into the container that its files' paths begin with. Returns the container and the names of the blobs. */
export async function upload(service: BlobServiceClient, data: Dataset): Promise<{ container: ContainerClient; names: string[] }> {
  const [name] = path.relative(data.folder, data.files[0]!).split(path.sep)
  const container = service.getContainerClient(name!)
  await container.createIfNotExists()
  const names = data.files.map((file) => path.relative(path.join(data.folder, name!), file).split(path.sep).join('/'))
  await each(names.entries(), WIDTH, ([i, blob]) =>
    container.getBlockBlobClient(blob).uploadData(readFileSync(data.files[i]!), { blockSize: BLOCK, maxSingleShotSize: 1 }),
  )
  return { container, names }
}

/** Downloads blobs and drops their bytes, `width` blobs at a time; without `names`, the blobs of a listing. */
export async function download(
  container: ContainerClient,
  names: readonly string[] | null,
  bytes: number,
  width: number,
): Promise<Lap<null>> {
  const begun = performance.now()
  let got = 0
  await each(names?.values() ?? (await listed(container)).values(), width, async (name) => {
    const { readableStreamBody } = await container.getBlobClient(name).download()
    for await (const chunk of readableStreamBody!) got += (chunk as Buffer).length
  })
  if (got !== bytes) throw new Error(`${container.containerName}: downloaded ${got} of ${bytes} bytes`)
  return { ms: performance.now() - begun, answers: null }
}

async function listed(container: ContainerClient): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of container.listBlobsFlat()) names.push(name)
  return names
}

async function each<T>(items: IterableIterator<T>, width: number, act: (item: T) => Promise<unknown>): Promise<void> {
  const worker = async () => {
    for (const item of items) await act(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
