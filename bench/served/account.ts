import { BlobServiceClient, type BlockBlobClient, type ContainerClient } from '@azure/storage-blob'
import { startAzurite } from '../../scripts/demo/azurite'
import type { HourBlob } from '../logs/blobs'
import { type CountingProxy, startCountingProxy } from './proxy'

export interface Account {
  /** Leads through the proxy; for the server. */
  connectionString: string
  proxy: CountingProxy
  container(name: string): Promise<ContainerClient>
  stop(): Promise<void>
}

const HEAD = '{"records":['
const TAIL = ']}'

/** The storage emulator, behind a proxy that counts reads. Writes bypass the proxy. */
export async function startAccount(): Promise<Account> {
  const azurite = await startAzurite()
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString)
  const proxy = await startCountingProxy(Number(new URL(service.url).port))
  return {
    connectionString: azurite.connectionString.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${proxy.port}`),
    proxy,
    async container(name) {
      const container = service.getContainerClient(name)
      await container.createIfNotExists()
      return container
    },
    async stop() {
      await proxy.stop()
      await azurite.stop()
    },
  }
}

function blockId(index: number): string {
  return Buffer.from(String(index).padStart(33, '0')).toString('base64')
}

/** Commits the first `minutes` flushes of an hour blob, one block each between head and tail, as Azure writes it. Earlier blocks stay unchanged. */
export async function commitMinutes(client: BlockBlobClient, blob: HourBlob, minutes: number, already = 0): Promise<void> {
  const stage = (id: number, text: string) => client.stageBlock(blockId(id), text, text.length)
  if (already === 0) await Promise.all([stage(0, HEAD), stage(99, TAIL)])
  for (let i = already; i < minutes; i++) await stage(i + 1, `${i > 0 ? ',' : ''}${blob.minutes[i]}`)
  await client.commitBlockList([0, ...Array.from({ length: minutes }, (_, i) => i + 1), 99].map(blockId))
}
