import type { BlobItem, ContainerClient } from '@azure/storage-blob'
import { type Manner, request } from '@/lib/source/request/request'
import { quoted } from './etag'

/** One blob of a listing. */
export interface ListedBlob {
  name: string
  etag: string
  /** Bytes. */
  length: number
  /** Epoch milliseconds. */
  modified: number
}

interface Page {
  prefixes: string[]
  items: ListedBlob[]
}

const PAGE = 5000

/** Lists one container, one page per request (List Blobs, at most 5000 names each). `subject` is the container's URL without its query. */
export class AzureLister {
  constructor(
    private readonly subject: string,
    private readonly client: () => ContainerClient,
    private readonly manner: Manner,
    private readonly size = PAGE,
  ) {}

  /** Returns every blob whose name begins with `prefix`, in name order. */
  async all(prefix: string, signal: AbortSignal): Promise<ListedBlob[]> {
    const client = this.client()
    const { items } = await this.pages(signal, async (continuationToken, abortSignal) => {
      const pages = client.listBlobsFlat({ prefix, abortSignal }).byPage({ continuationToken, maxPageSize: this.size })
      return (await pages.next()).value
    })
    return items
  }

  /** Returns the first blobs whose names begin with `prefix`, from one request, and whether these are all. */
  async page(prefix: string, signal: AbortSignal): Promise<{ items: ListedBlob[]; isAll: boolean }> {
    const client = this.client()
    const page = await request(this.subject, this.manner, signal, async (abortSignal) => {
      return (await client.listBlobsFlat({ prefix, abortSignal }).byPage({ maxPageSize: this.size }).next()).value
    })
    return { items: (page?.segment.blobItems ?? []).map(itemOf), isAll: !page?.continuationToken }
  }

  /** Returns the blobs and the longer prefixes ending in `/` directly below `prefix`, which ends in `/` or is empty. */
  async below(prefix: string, signal: AbortSignal): Promise<Page> {
    const client = this.client()
    return this.pages(signal, async (continuationToken, abortSignal) => {
      const pages = client.listBlobsByHierarchy('/', { prefix, abortSignal }).byPage({ continuationToken, maxPageSize: this.size })
      return (await pages.next()).value
    })
  }

  private async pages(
    signal: AbortSignal,
    ask: (
      token: string | undefined,
      signal: AbortSignal,
    ) => Promise<{ segment: { blobItems: BlobItem[]; blobPrefixes?: { name: string }[] }; continuationToken?: string } | undefined>,
  ): Promise<Page> {
    const found: Page = { prefixes: [], items: [] }
    let token: string | undefined
    do {
      const page = await request(this.subject, this.manner, signal, (attempt) => ask(token, attempt))
      found.prefixes.push(...(page?.segment.blobPrefixes ?? []).map(({ name }) => name))
      found.items.push(...(page?.segment.blobItems ?? []).map(itemOf))
      token = page?.continuationToken || undefined
    } while (token !== undefined)
    return found
  }
}

function itemOf({ name, properties }: BlobItem): ListedBlob {
  return {
    name,
    etag: quoted(properties.etag),
    length: properties.contentLength ?? 0,
    modified: properties.lastModified.getTime(),
  }
}
