import {
  AnonymousCredential,
  BlobServiceClient,
  type ContainerClient,
  newPipeline,
  type RequestPolicyFactory,
  RestError,
  type StoragePipelineOptions,
} from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import { agentFor } from '@/lib/net/agent'
import type { TokenCredential } from '@/lib/net/token-credential'
import { bearer } from './bearer'
import { noteClock } from './clock'

/** A shared key, a TokenCredential, or AnonymousCredential if the URL has a SAS. */
type AzureCredential = Exclude<NonNullable<Parameters<typeof newPipeline>[0]>, { getToken: unknown }> | TokenCredential
export type Connect = (container: string) => ContainerClient

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
  pipeline.factories.push(readOnly, byAgent, noting, ...(tokens ? [bearer(url, credential)] : []))
  return new BlobServiceClient(url, pipeline)
}

export function connect(...place: Parameters<typeof serviceOf>): Connect {
  const service = serviceOf(...place)
  return (container) => service.getContainerClient(container)
}
