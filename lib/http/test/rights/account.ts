import { Problem } from '@/lib/flow/problem'
import type { Blob, LogExtent } from '@/lib/flow/reading/blob'
import { MemorySource } from '@/lib/ingest/test/memory-source'
import type { TokenCredential } from '@/lib/net/token-credential'
import { extentsOf } from '@/lib/source/model/extents'
import type { ProbedSource, Reading, ReportProblem } from '@/lib/source/model/source'

/** A person's right to a blob: none, listing its name, or reading it. */
export type Right = 'none' | 'list' | 'read'

/** One storage account, with each person's rights by blob name. */
export class Account {
  readonly blobs = new MemorySource('memory:account')
  readonly rights = new Map<string, (name: string) => Right>()
  /** Reads that were allowed or refused, in order: `PERSON reads NAME`. */
  readonly log: string[] = []

  rightOf(person: string, name: string): Right {
    return this.rights.get(person)?.(name) ?? 'none'
  }

  /** The account as seen with a token; the token is the person's key. */
  seenWith(credential: TokenCredential): ProbedSource {
    return new SeenAccount(this, credential)
  }
}

class SeenAccount implements ProbedSource {
  readonly kind = 'azure'
  readonly id: string
  readonly name: string

  constructor(
    private readonly account: Account,
    private readonly credential: TokenCredential,
  ) {
    this.id = account.blobs.id
    this.name = account.blobs.name
  }

  async extents(signal: AbortSignal, report?: ReportProblem): Promise<LogExtent[]> {
    void signal
    return extentsOf(await this.visible(await this.account.blobs.list({ first: 0, last: Number.MAX_SAFE_INTEGER }), report))
  }

  async list(hours: { first: number; last: number }, _signal: AbortSignal, report?: ReportProblem): Promise<Blob[]> {
    return this.visible(await this.account.blobs.list(hours), report)
  }

  refresh(): void {}

  async probe(blob: Blob): Promise<void> {
    await this.demand(blob)
    if (!this.account.blobs.held.has(blob.name)) throw new Problem('absent', 'Blob is gone')
  }

  async open(blob: Blob): Promise<Reading> {
    await this.demand(blob)
    const reading = await this.account.blobs.open(blob)
    const demand = () => this.demand(blob)
    return {
      ...reading,
      async *read(from, to, signal) {
        await demand()
        yield* reading.read(from, to, signal)
      },
    }
  }

  private async person(): Promise<string> {
    return (await this.credential.getToken([]))!.token
  }

  private async visible(blobs: readonly Blob[], report?: ReportProblem): Promise<Blob[]> {
    const person = await this.person()
    const seen = blobs.filter(({ name }) => this.account.rightOf(person, name) !== 'none')
    if (seen.length < blobs.length) report?.(new Problem('denied', 'A folder of the account may not be listed'))
    return seen
  }

  private async demand({ name }: Blob): Promise<void> {
    const person = await this.person()
    const may = this.account.rightOf(person, name) === 'read'
    this.account.log.push(`${person} ${may ? 'reads' : 'is refused'} ${name}`)
    if (!may) throw new Problem('denied', `${name} may not be read (403 AuthorizationPermissionMismatch)`)
  }
}
