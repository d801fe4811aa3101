import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob'
import { AzureSource, FLOW_CONTAINERS } from '@/lib/source/azure/azure'
import type { Source } from '@/lib/source/model/source'
import { connect } from '@/lib/source/request/client'
import { PACE, type Pace } from '@/lib/source/request/retry'
import type { Place } from './azurite'
import { chance } from './fault-proxy'

const MIB = 1024 * 1024

/** Returns bytes that depend only on the seed and do not repeat. */
export function bytesOf(seed: number, length: number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4))
  for (let i = 0; i < words.length; i++) words[i] = Math.floor(chance(seed, i) * 2 ** 32)
  return Buffer.from(words.buffer, 0, length)
}

export const BIG = 9 * MIB + 17

/** Retries without waits, with deadlines that are long enough for a busy machine. */
export const QUICK: Pace = { ...PACE, base: 2, cap: 20, deadline: 60_000, stall: 60_000 }

export function sourceAt({ account, port }: Place, options: { pace?: Partial<Pace>; now?: () => number } = {}): Source {
  const { pace, ...rest } = options
  const url = `http://127.0.0.1:${port}/${account.name}`
  const client = connect(url, new StorageSharedKeyCredential(account.name, account.key))
  const place = { id: url, name: account.name, account: url, containers: FLOW_CONTAINERS, connect: client }
  return new AzureSource(place, { pace: { ...QUICK, ...pace }, random: () => 0.5, ...rest })
}

/** Writes blobs into an account as Azure does: a head block, data blocks, a tail block. Talks to storage directly, not through the source. */
export class Account {
  private readonly service: BlobServiceClient
  /** The blocks of each committed blob, by id. */
  private readonly committed = new Map<string, ReadonlyMap<string, Buffer>>()

  constructor(connectionString: string) {
    this.service = BlobServiceClient.fromConnectionString(connectionString)
  }

  async create(container: string): Promise<void> {
    await this.service.getContainerClient(container).createIfNotExists()
  }

  async upload(container: string, name: string, bytes: Buffer, options: { metadata?: Record<string, string> } = {}): Promise<void> {
    this.committed.delete(`${container}/${name}`)
    await this.service.getContainerClient(container).getBlockBlobClient(name).upload(bytes, bytes.length, options)
  }

  /** Commits exactly these blocks, in order, and stages those that the blob lacks; ids follow from position and `generation`. */
  async commit(container: string, name: string, blocks: readonly Buffer[], generation = 'D'): Promise<void> {
    const client = this.service.getContainerClient(container).getBlockBlobClient(name)
    const last = blocks.length - 1
    const ids = blocks.map((_, i) => {
      const kind = i === 0 ? 'A' : i === last ? 'Z' : generation
      return Buffer.from(kind + (kind === generation ? String(i) : '').padStart(32, '0')).toString('base64')
    })
    const before = this.committed.get(`${container}/${name}`)
    for (const [i, block] of blocks.entries()) {
      if (!before?.get(ids[i]!)?.equals(block)) await client.stageBlock(ids[i]!, block, block.length)
    }
    await client.commitBlockList(ids)
    this.committed.set(`${container}/${name}`, new Map(ids.map((id, i) => [id, blocks[i]!])))
  }

  /** Commits head, these blocks and tail; only the last of the blocks is new. */
  async append(container: string, name: string, blocks: readonly Buffer[]): Promise<void> {
    const client = this.service.getContainerClient(container).getBlockBlobClient(name)
    const id = (kind: string) => Buffer.from(kind.padStart(32, '0')).toString('base64')
    const staged: [string, Buffer][] = [[id(`D${blocks.length}`), blocks.at(-1)!]]
    if (blocks.length === 1) staged.push([id('A'), Buffer.from('{"records":[')], [id('Z'), Buffer.from(']}')])
    for (const [block, bytes] of staged) await client.stageBlock(block, bytes, bytes.length)
    await client.commitBlockList([id('A'), ...blocks.map((_, i) => id(`D${i + 1}`)), id('Z')])
  }

  async delete(container: string, name: string): Promise<void> {
    this.committed.delete(`${container}/${name}`)
    await this.service.getContainerClient(container).getBlobClient(name).delete()
  }
}

export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
