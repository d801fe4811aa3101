import { BlobServiceClient } from '@azure/storage-blob'
import { openConnectionString } from '@/lib/source/open'
import { PACE, type Pace } from '@/lib/source/retry'
import type { Source } from '@/lib/source/source'
import { connectionStringFor } from './azurite'
import { chance } from './fault-proxy'

const MIB = 1024 * 1024

/** Bytes that differ everywhere, the same for the same seed. */
export function bytesOf(seed: number, length: number): Buffer {
  const words = new Uint32Array(Math.ceil(length / 4))
  for (let i = 0; i < words.length; i++) words[i] = Math.floor(chance(seed, i) * 2 ** 32)
  return Buffer.from(words.buffer, 0, length)
}

export const BIG = 9 * MIB + 17

/** Retries that lose no time, and patience that ends within the test. */
export const QUICK: Pace = { ...PACE, base: 2, cap: 20, deadline: 3000, stall: 250 }

export function sourceAt(port: number, options: { pace?: Partial<Pace>; now?: () => number } = {}): Source {
  const { pace, ...rest } = options
  return openConnectionString(connectionStringFor(port), { azure: { pace: { ...QUICK, ...pace }, random: () => 0.5, ...rest } })
}

/** Puts blobs into an account as Azure does: a head block, data blocks, a tail block. Talks to storage itself, not through the source. */
export class Account {
  private readonly service: BlobServiceClient

  constructor(connectionString: string) {
    this.service = BlobServiceClient.fromConnectionString(connectionString)
  }

  async create(container: string): Promise<void> {
    await this.service.getContainerClient(container).createIfNotExists()
  }

  async upload(container: string, name: string, bytes: Buffer, options: { metadata?: Record<string, string> } = {}): Promise<void> {
    await this.service.getContainerClient(container).getBlockBlobClient(name).upload(bytes, bytes.length, options)
  }

  /** Commits exactly these blocks, in order; ids follow from position and `generation`. */
  async commit(container: string, name: string, blocks: readonly Buffer[], generation = 'D'): Promise<void> {
    const client = this.service.getContainerClient(container).getBlockBlobClient(name)
    const last = blocks.length - 1
    const ids = blocks.map((_, i) => {
      const kind = i === 0 ? 'A' : i === last ? 'Z' : generation
      return Buffer.from(kind + (kind === generation ? String(i) : '').padStart(32, '0')).toString('base64')
    })
    for (const [i, block] of blocks.entries()) await client.stageBlock(ids[i]!, block, block.length)
    await client.commitBlockList(ids)
  }

  /** Commits head, these blocks and tail, of which only the last block is new. */
  async append(container: string, name: string, blocks: readonly Buffer[]): Promise<void> {
    const client = this.service.getContainerClient(container).getBlockBlobClient(name)
    const id = (kind: string) => Buffer.from(kind.padStart(32, '0')).toString('base64')
    const staged: [string, Buffer][] = [[id(`D${blocks.length}`), blocks.at(-1)!]]
    if (blocks.length === 1) staged.push([id('A'), Buffer.from('{"records":[')], [id('Z'), Buffer.from(']}')])
    for (const [block, bytes] of staged) await client.stageBlock(block, bytes, bytes.length)
    await client.commitBlockList([id('A'), ...blocks.map((_, i) => id(`D${i + 1}`)), id('Z')])
  }

  async delete(container: string, name: string): Promise<void> {
    await this.service.getContainerClient(container).getBlobClient(name).delete()
  }
}

export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}
