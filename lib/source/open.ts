import 'server-only'
import { AnonymousCredential, BlobServiceClient } from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import type { TokenCredential } from '@/lib/net/token-credential'
import { AzureSource, FLOW_CONTAINERS } from './azure/azure'
import { sasEnd, unlessRefused } from './azure/sas'
import { DecodedSource } from './decode/decoded'
import { type FolderOptions, FolderSource } from './folder/folder'
import type { Source } from './model/source'
import { type Connect, connect, serviceOf } from './request/client'
import type { Manner } from './request/request'

export interface OpenOptions {
  folder?: FolderOptions
  azure?: Partial<Manner>
  /** Credential to read accounts without a SAS. */
  credential?: TokenCredential
  /** Allowed host suffixes of accounts besides Azure's own, such as `blob.storage.example`. */
  suffixes?: readonly string[]
}

const SECRET = /\b(sig|AccountKey|SharedAccessSignature)=/i
const ACCOUNT = /^[a-z0-9]{3,24}$/
const SUFFIXES = ['blob.core.windows.net', 'blob.core.usgovcloudapi.net', 'blob.core.chinacloudapi.cn']
const CONTAINER = /^[a-z0-9](?:-?[a-z0-9]){2,62}$/
const SPELLING = 'https://ACCOUNT.blob.core.windows.net[/CONTAINER][?SAS]'

/**
 * Returns the source of one entry of FLOWLENS_SOURCES: a folder, or `https://ACCOUNT.blob.core.windows.net[/CONTAINER][?SAS]`, also with the host suffixes of
 * Azure Government and China. Does not access it.
 * @throws Problem `config` that names the entry without its SAS
 */
export function openSource(place: string, options: OpenOptions = {}): Source {
  if (/^https?:/i.test(place)) return openAccount(place, options)
  if (SECRET.test(place)) {
    throw bad(
      'an entry that is no URL',
      `holds a key or SAS. A connection string belongs into AZURE_STORAGE_CONNECTION_STRING, a SAS behind ${SPELLING}`,
    )
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) throw bad(place, `is neither a folder nor ${SPELLING}`)
  if (place.trim() === '' || place.includes('\0')) throw bad(JSON.stringify(place), 'is no folder')
  return new DecodedSource(new FolderSource(place, options.folder))
}

/**
 * Returns the source of a connection string, in the format of Azure's own tools, including Azurite's.
 * @throws Problem `config`, without the text
 */
export function openConnectionString(text: string, options: OpenOptions = {}): Source {
  const client = clientOf(text)
  const url = new URL(client.url)
  const account = url.origin + url.pathname.replace(/\/+$/, '')
  const place = {
    id: account,
    name: client.accountName || url.host,
    account,
    containers: FLOW_CONTAINERS,
    connect: unlessRefused(account, url.search, connect(client.url, client.credential)),
    service: serviceOf(client.url, client.credential),
    expires: sasEnd(url.search),
  }
  return new DecodedSource(new AzureSource(place, options.azure))
}

function clientOf(text: string): BlobServiceClient {
  try {
    return BlobServiceClient.fromConnectionString(text.trim())
  } catch {
    throw new Problem(
      'config',
      'AZURE_STORAGE_CONNECTION_STRING is no connection string of a storage account: it needs AccountName and AccountKey, or BlobEndpoint and SharedAccessSignature',
      { where: 'AZURE_STORAGE_CONNECTION_STRING' },
    )
  }
}

/** True if an entry is an account that is read with a token. */
export function needsToken(place: string): boolean {
  return /^https?:/i.test(place) && URL.canParse(place) && new URL(place).search === ''
}

/** The same as `openSource` for an entry that is an account. */
export function openAccount(place: string, options: OpenOptions): DecodedSource {
  const url = URL.canParse(place) ? new URL(place) : null
  const account = accountOf(url?.host ?? '', [...SUFFIXES, ...(options.suffixes ?? [])])
  if (url?.protocol !== 'https:' || account === null || url.username !== '' || url.password !== '' || url.hash !== '') {
    throw bad(place, `is not of the form ${SPELLING}`)
  }
  const container = url.pathname.replace(/^\/|\/$/g, '')
  if (container !== '' && !CONTAINER.test(container)) throw bad(place, 'names no container: at most one name may follow the account')
  if (url.search !== '' && !url.searchParams.get('sig')) throw bad(place, 'has a query that is no SAS: it holds no sig')
  const service = container === '' ? serviceFor(url, options.credential) : undefined
  const found = {
    id: container === '' ? url.origin : `${url.origin}/${container}`,
    name: container === '' ? account : `${account}/${container}`,
    account: url.origin,
    containers: container === '' ? FLOW_CONTAINERS : [container],
    connect: connectTo(url, options.credential),
    expires: sasEnd(url.search),
    ...(service && { service }),
  }
  return new DecodedSource(new AzureSource(found, options.azure))
}

function accountOf(host: string, suffixes: readonly string[]): string | null {
  const suffix = suffixes.find((one) => host.endsWith(`.${one}`))
  const name = suffix === undefined ? '' : host.slice(0, -suffix.length - 1)
  return ACCOUNT.test(name) ? name : null
}

/** A SAS is a right in itself: an entry with a SAS is read with it, whatever the person's rights. */
function connectTo(url: URL, credential: TokenCredential | undefined): Connect {
  if (url.search !== '') return unlessRefused(url.origin, url.search, connect(url.origin + url.search, new AnonymousCredential()))
  return credential === undefined ? missing(url.origin) : connect(url.origin, credential)
}

function serviceFor(url: URL, credential: TokenCredential | undefined): BlobServiceClient | undefined {
  if (url.search !== '') return serviceOf(url.origin + url.search, new AnonymousCredential())
  return credential && serviceOf(url.origin, credential)
}

function missing(account: string): Connect {
  return () => {
    throw new Problem(
      'denied',
      `${account} needs a credential: add a SAS with read and list rights (sp=rl) to its entry in FLOWLENS_SOURCES`,
      {
        where: account,
      },
    )
  }
}

function bad(entry: string, what: string): Problem {
  const shown = entry.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//')
  return new Problem('config', `FLOWLENS_SOURCES: ${shown} ${what}`, { where: 'FLOWLENS_SOURCES' })
}
