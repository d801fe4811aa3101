import 'server-only'
import type { BlobServiceClient } from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import { MINUTE } from '@/lib/flow/time/bucket'
import type { ProbedSource, Reading, ReportProblem } from '@/lib/source/model/source'
import type { Connect, Connection } from '@/lib/source/request/client'
import { heardFrom } from '@/lib/source/request/clock'
import { type BlobPlace, readByte } from '@/lib/source/request/range'
import { adviceOf } from '@/lib/source/request/refusals/before'
import { type Manner, manner, request } from '@/lib/source/request/request'
import { cancelled } from '@/lib/source/wait/cancelled'
import { Memo } from '@/lib/source/wait/memo'
import { AzureContainer } from './container'
import { type Others, otherContainers } from './others'
import { AzureReading, openNewest } from './reading'
import { until } from './sas'

const KEEP_OTHERS = 10 * MINUTE
const KEEP_FAILED = MINUTE

/** The containers that Azure writes NSG and VNet flow logs to (learn.microsoft.com/azure/network-watcher/flow-logs-read). */
export const FLOW_CONTAINERS = ['insights-logs-networksecuritygroupflowevent', 'insights-logs-flowlogflowevent'] as const

export interface AzurePlace {
  /** Source.id: the account's URL, or the container's URL if the source is a single container; without its query. */
  id: string
  name: string
  /** The account's URL without its query. */
  account: string
  containers: readonly string[]
  /** @throws Problem `denied` without credentials */
  connect: Connect
  /** Source.expires. */
  expires?: number | null
  /** Client that lists the account's other containers; missing if the source is only `containers`. */
  service?: BlobServiceClient
}

/** Containers of one storage account. Sends no request before it is used. */
export class AzureSource implements ProbedSource {
  readonly kind = 'azure'
  readonly id: string
  readonly name: string
  readonly expires: number | null
  private readonly connect: Connect
  private readonly containers = new Map<string, AzureContainer>()
  private readonly others: Memo<Others>
  private readonly manner: Manner
  /** Listed versions that turned out to be gone, by Blob.id. A listing that still shows them is wrong. */
  private readonly gone = new Map<number, string>()

  constructor(
    private readonly place: AzurePlace,
    options?: Partial<Manner>,
  ) {
    const { id, name, account, containers, connect, expires = null } = place
    this.id = id
    this.name = name
    this.connect = until(expires, account, connect)
    this.expires = expires
    this.manner = manner(options)
    this.others = new Memo(this.manner.now)
    for (const container of containers) this.add(container)
  }

  heard = (): number => heardFrom(this.place.account)

  extents(signal: AbortSignal, report?: ReportProblem): Promise<LogExtent[]> {
    return this.gather((container) => container.extents(signal, report), signal, report)
  }

  list(hours: { first: number; last: number }, signal: AbortSignal, report?: ReportProblem): Promise<Blob[]> {
    return this.gather((container) => container.list(hours, signal, report), signal, report)
  }

  refresh(): void {
    for (const container of this.containers.values()) container.refresh()
  }

  async open(blob: Blob, { growing, signal }: { growing: boolean; signal: AbortSignal }): Promise<Reading> {
    if (signal.aborted) throw cancelled()
    if (!this.containers.has(blob.container)) await this.discover(signal)
    const { container, place } = this.find(blob)
    const moved = () => {
      this.gone.set(blob.id, blob.etag)
      container.forget(blob)
    }
    if (growing || this.gone.get(blob.id) === blob.etag) return openNewest(place, this.manner, signal, moved)
    return new AzureReading(place, blob.etag, blob.length, null, this.manner, moved)
  }

  async probe(blob: Blob, signal: AbortSignal): Promise<void> {
    if (!this.containers.has(blob.container)) await this.discover(signal)
    const { place } = this.find(blob)
    await request(place.subject, this.manner, signal, (attempt) => readByte(place, attempt))
  }

  private find(blob: Blob): { container: AzureContainer; place: BlobPlace & Connection } {
    const container = this.containers.get(blob.container)
    if (container === undefined) throw new Problem('absent', `${this.id} has no container ${blob.container}`, { where: this.id })
    const { name } = blob
    return { container, place: { ...this.connect(blob.container), name, subject: `${container.subject}/${name}` } }
  }

  /** Joins the results of all containers. Reports a container that fails and skips one that does not exist. Throws only if no container gives a result. */
  private async gather<T>(
    ask: (container: AzureContainer) => Promise<T[] | null>,
    signal: AbortSignal,
    report?: ReportProblem,
  ): Promise<T[]> {
    await this.discover(signal, report)
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

  private add(container: string): void {
    const { id, account } = this.place
    const made = new AzureContainer(id, container, `${account}/${container}`, () => this.connect(container).client, this.manner)
    this.containers.set(container, made)
  }

  /** Adds the account's other containers with flow logs. A failure to find them is reported as `aside` and does not affect the known containers. */
  private async discover(signal: AbortSignal, report?: ReportProblem): Promise<void> {
    const { account, containers, service } = this.place
    if (service === undefined) return
    const { problems, containers: found } = await this.others.get(
      '',
      signal,
      ({ problems }) => this.manner.keep(problems.length > 0 ? KEEP_FAILED : KEEP_OTHERS),
      async (shared) => {
        // Throws if the account may no longer be read.
        this.connect(containers[0]!)
        return otherContainers(account, service, containers, this.manner, shared)
      },
    )
    for (const problem of problems) report?.(problem, { aside: true })
    for (const container of found) if (!this.containers.has(container)) this.add(container)
  }

  private absent(): Problem {
    const names = this.place.containers.join(' nor ')
    return new Problem('absent', `${this.id} has no container ${names}: ${adviceOf('container-absent', this.id)}`, { where: this.id })
  }
}
