import { setTimeout as sleep } from 'node:timers/promises'
import { BlobServiceClient, type BlockBlobClient } from '@azure/storage-blob'
import { blocks, type DemoSpec, type FlushedBlock, HEAD, TAIL } from './blocks'
import { NSG_CONTAINER, VNET_CONTAINER } from './traffic/network'

/** Blobs in flight at once, and blocks of each. */
const BLOBS = 3
const BLOCKS = 4

export interface Uploaded {
  blobs: number
  blocks: number
  tuples: number
  bytes: number
}

/** One `PT1H.json` as Azure writes it: blocks are staged, and each commit puts them between head and tail. */
class HourBlob {
  readonly #client: BlockBlobClient
  readonly #ids: string[] = []

  constructor(client: BlockBlobClient) {
    this.#client = client
  }

  async append(added: readonly FlushedBlock[]): Promise<void> {
    const staged: readonly { id: string; text: string }[] = this.#ids.length === 0 ? [HEAD, ...added, TAIL] : added
    const queue = staged.values()
    const stage = async () => {
      for (const { id, text } of queue) await this.#client.stageBlock(id, text, text.length)
    }
    await Promise.all(Array.from({ length: BLOCKS }, stage))
    this.#ids.push(...added.map((block) => block.id))
    await this.#client.commitBlockList([HEAD.id, ...this.#ids, TAIL.id], {
      blobHTTPHeaders: { blobContentType: 'application/octet-stream' },
      metadata: { compressiontype: 'none' },
    })
  }
}

interface Hour {
  name: string
  blob: HourBlob
  waiting: FlushedBlock[]
}

/** A storage account that is filled like Azure fills it: first the history, then a block a minute for every NIC. */
export class DemoAccount {
  readonly #service: BlobServiceClient
  readonly #blocks: Generator<FlushedBlock, never>
  readonly #now: number
  /** The current hour of each NIC. */
  readonly #open = new Map<string, Hour>()
  #next: FlushedBlock

  constructor(connectionString: string, spec: DemoSpec) {
    this.#service = BlobServiceClient.fromConnectionString(connectionString)
    this.#blocks = blocks(spec)
    this.#now = spec.now
    this.#next = this.#blocks.next().value
  }

  /** Adds the next block to its hour; returns that hour, and the previous one if this block starts a new hour. */
  #take(): { hour: Hour; closed: Hour | undefined } {
    const block = this.#next
    this.#next = this.#blocks.next().value
    const open = this.#open.get(block.mac)
    if (open?.name === block.blob) {
      open.waiting.push(block)
      return { hour: open, closed: undefined }
    }
    const client = this.#service.getContainerClient(block.container).getBlockBlobClient(block.blob)
    const hour = { name: block.blob, blob: new HourBlob(client), waiting: [block] }
    this.#open.set(block.mac, hour)
    return { hour, closed: open }
  }

  *#history(): Generator<Hour> {
    while (this.#next.time < this.#now) {
      const { closed } = this.#take()
      if (closed) yield closed
    }
    yield* this.#open.values()
  }

  async #send(hour: Hour): Promise<readonly FlushedBlock[]> {
    const sent = hour.waiting.splice(0)
    await hour.blob.append(sent)
    return sent
  }

  /** Commits one block list per blob: closed hours completely, the current hour up to now. */
  async uploadHistory(onProgress: (sofar: Uploaded) => void): Promise<Uploaded> {
    for (const container of [NSG_CONTAINER, VNET_CONTAINER]) await this.#service.getContainerClient(container).createIfNotExists()
    const sofar: Uploaded = { blobs: 0, blocks: 0, tuples: 0, bytes: 0 }
    const hours = this.#history()
    const worker = async () => {
      for (let next = hours.next(); !next.done; next = hours.next()) {
        const sent = await this.#send(next.value)
        sofar.blobs++
        sofar.blocks += sent.length
        for (const block of sent) {
          sofar.tuples += block.tuples
          sofar.bytes += block.text.length
        }
        onProgress(sofar)
      }
    }
    await Promise.all(Array.from({ length: BLOBS }, worker))
    return sofar
  }

  /** Appends every further block when it is due, for ever. */
  async keepAppending(): Promise<never> {
    for (;;) {
      await sleep(Math.max(0, this.#next.time - Date.now()))
      await this.#send(this.#take().hour)
    }
  }
}
