import {
  AnonymousCredential,
  BlobServiceClient,
  type ContainerClient,
  newPipeline,
  type RequestPolicyFactory,
  type StoragePipelineOptions,
} from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'
import type { TokenCredential } from '@/lib/flow/token-credential'
import { bearer } from './azure-bearer'

/** A shared key, a TokenCredential, or AnonymousCredential when the URL carries a SAS. */
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

/**
 * Clients for the containers of one account. The library's own retries are off, because they do not outlive a cut connection
 * (Azure/azure-sdk-for-js#32268); `azure-request.ts` has ours. A pipeline belongs to one credential.
 */
export function connect(url: string, credential: AzureCredential, options: Pick<StoragePipelineOptions, 'httpClient'> = {}): Connect {
  const tokens = 'getToken' in credential
  const pipeline = newPipeline(tokens ? new AnonymousCredential() : credential, { retryOptions: { maxTries: 1 }, ...options })
  pipeline.factories.push(readOnly, ...(tokens ? [bearer(url, credential)] : []))
  const service = new BlobServiceClient(url, pipeline)
  return (container) => service.getContainerClient(container)
}
