import {
  AnonymousCredential,
  BlobServiceClient,
  type ContainerClient,
  newPipeline,
  type RequestPolicyFactory,
  RestError,
  type StoragePipelineOptions,
  StorageSharedKeyCredential,
} from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import { agentFor } from '@/lib/net/agent'
import type { TokenCredential } from '@/lib/net/token-credential'
import { type Bearer, bearer } from './bearer'
import { noteClock } from './clock'
import { type Authorize, type Get, getter } from './get'
import { sharedKey } from './shared-key'

/** A shared key, a TokenCredential, or AnonymousCredential if the URL has a SAS. */
type AzureCredential = StorageSharedKeyCredential | AnonymousCredential | TokenCredential

/** The two ways to a container: the library's client lists it, `get` fetches its blobs. */
export interface Connection {
  client: ContainerClient
  get: Get
}
export type Connect = (container: string) => Connection

const readOnly: RequestPolicyFactory = {
  create: (next) => ({
    sendRequest: async (request) => {
      if (request.method === 'GET' || request.method === 'HEAD') return next.sendRequest(request)
      throw new Problem('denied', `Storage is only read: a ${request.method} request was refused`)
    },
  }),
}

/** Always sets the agent: without one, the library applies its own proxy rules, which send even loopback requests through the proxy. */
const byAgent: RequestPolicyFactory = {
  create: (next) => ({
    sendRequest: async (request) => {
      request.agent = agentFor(request.url)
      return next.sendRequest(request)
    },
  }),
}

/** A refusal arrives as an error. */
const noting: RequestPolicyFactory = {
  create: (next) => ({
    sendRequest: async (request) => {
      try {
        const response = await next.sendRequest(request)
        noteClock(request.url, response.headers.get('date'))
        return response
      } catch (error) {
        if (error instanceof RestError) noteClock(request.url, error.response?.headers.get('date'))
        throw error
      }
    },
  }),
}

function withToken(header: Bearer): RequestPolicyFactory {
  return {
    create: (next) => ({
      sendRequest: async (request) => {
        request.headers.set('authorization', await header(request.url, request.abortSignal))
        return next.sendRequest(request)
      },
    }),
  }
}

/**
 * Returns a client for one account. The library's own retries are off, because they do not survive a cut connection (Azure/azure-sdk-for-js#32268);
 * `request.ts` has ours. A pipeline belongs to one credential.
 */
export function serviceOf(
  url: string,
  credential: AzureCredential,
  options: Pick<StoragePipelineOptions, 'httpClient'> = {},
): BlobServiceClient {
  const tokens = 'getToken' in credential
  const pipeline = newPipeline(tokens ? new AnonymousCredential() : credential, { retryOptions: { maxTries: 1 }, ...options })
  pipeline.factories.push(readOnly, byAgent, noting, ...(tokens ? [withToken(bearer(url, credential))] : []))
  return new BlobServiceClient(url, pipeline)
}

export function connect(...place: Parameters<typeof serviceOf>): Connect {
  const [url, credential] = place
  const service = serviceOf(...place)
  const get = getter(url, authorizing(url, credential))
  return (container) => ({ client: service.getContainerClient(container), get: get(container) })
}

function authorizing(url: string, credential: AzureCredential): Authorize {
  if (credential instanceof StorageSharedKeyCredential) return sharedKey(credential)
  if (!('getToken' in credential)) return () => ({})
  const header = bearer(url, credential)
  return async (_path, _headers, signal) => ({ authorization: await header(url, signal) })
}
