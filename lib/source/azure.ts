import 'server-only'
import type { BlockBlobClient } from '@azure/storage-blob'
import type { Blob, Extent } from '@/lib/flow/blob'
import { Problem } from '@/lib/flow/problem'
import type { Connect } from './azure-client'
import { AzureContainer } from './azure-container'
import { readByte } from './azure-range'
import { AzureReading, openNewest } from './azure-reading'
import { type Manner, manner, request } from './azure-request'
import { cancelled } from './cancelled'
import { until } from './sas'
import type { ProbedSource, Reading, Report } from './source'

/** Where Azure writes NSG and VNet flow logs (learn.microsoft.com/azure/network-watcher/flow-logs-read). */
export const FLOW_CONTAINERS = ['insights-logs-networksecuritygroupflowevent', 'insights-logs-flowlogflowevent'] as const

export interface AzurePlace {
  /** Source.id: the account's URL, or the container's when only that is meant; without its query. */
  id: string
  name: string
  /** The account's URL without its query. */
  account: string
  containers: readonly string[]
  /** Throws Problem `denied` when there is nothing to connect with. */
  connect: Connect
  /** Source.expires. */
  expires?: number | null
}

/** Containers of one storage account. Nothing is asked of it before it is used. */
export class AzureSource implements ProbedSource {
  readonly kind = 'azure'
  readonly id: string
  readonly name: string
  readonly expires: number | null
  private readonly connect: Connect
  private readonly containers: ReadonlyMap<string, AzureContainer>
  private readonly manner: Manner
  /** Listed versions that turned out to be gone, by Blob.id: the listing's word is not taken for them. */
  private readonly gone = new Map<number, string>()

  constructor({ id, name, account, containers, connect, expires = null }: AzurePlace, options?: Partial<Manner>) {
    this.id = id
    this.name = name
    this.connect = until(expires, account, connect)
    this.expires = expires
    this.manner = manner(options)
    this.containers = new Map(
      containers.map((container) => [
        container,
        new AzureContainer(id, container, `${account}/${container}`, () => this.connect(container), this.manner),
      ]),
    )
  }

  extents(signal: AbortSignal, report?: Report): Promise<Extent[]> {
    return this.gather((container) => container.extents(signal, report), signal, report)
  }

  list(hours: { first: number; last: number }, signal: AbortSignal, report?: Report): Promise<Blob[]> {
    return this.gather((container) => container.list(hours, signal, report), signal, report)
  }

  refresh(): void {
    for (const container of this.containers.values()) container.refresh()
  }

  async open(blob: Blob, { growing, signal }: { growing: boolean; signal: AbortSignal }): Promise<Reading> {
    if (signal.aborted) throw cancelled()
    const { container, subject, client } = this.find(blob)
    const moved = () => {
      this.gone.set(blob.id, blob.etag)
      container.forget(blob)
    }
    if (growing || this.gone.get(blob.id) === blob.etag) return openNewest(subject, client, this.manner, signal, moved)
    return new AzureReading(subject, client, blob.etag, blob.length, null, this.manner, moved)
  }

  async probe(blob: Blob, signal: AbortSignal): Promise<void> {
    const { subject, client } = this.find(blob)
    await request(subject, this.manner, signal, (attempt) => readByte(client, attempt))
  }

  private find(blob: Blob): { container: AzureContainer; subject: string; client: BlockBlobClient } {
    const container = this.containers.get(blob.container)
    if (container === undefined) throw new Problem('absent', `${this.id} has no container ${blob.container}`, { where: this.id })
    const client = this.connect(blob.container).getBlockBlobClient(blob.name)
    return { container, subject: `${container.subject}/${blob.name}`, client }
  }

  /** All that any container gives. One that does not exist, or fails, leaves the others; only when none is left does it fail. */
  private async gather<T>(ask: (container: AzureContainer) => Promise<T[] | null>, signal: AbortSignal, report?: Report): Promise<T[]> {
    const containers = [...this.containers.values()]
    const outcomes = await Promise.allSettled(containers.map(ask))
    if (signal.aborted) throw cancelled()
    const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' && outcome.value !== null ? [outcome.value] : []))
    if (answers.length === 0) throw failures[0] ?? this.absent()
    for (const failure of failures) {
      if (!(failure instanceof Problem)) throw failure
      report?.(failure)
    }
    return answers.flat()
  }

  private absent(): Problem {
    const names = [...this.containers.keys()].join(' nor ')
    return new Problem('absent', `${this.id} has no container ${names}`, { where: this.id })
  }
}
