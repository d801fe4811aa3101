import { BlobServiceClient, type ContainerClient, newPipeline, type RequestPolicyFactory } from '@azure/storage-blob'
import { Problem } from '@/lib/flow/problem'

/** A shared key, a TokenCredential, or AnonymousCredential when the URL carries a SAS. */
export type AzureCredential = NonNullable<Parameters<typeof newPipeline>[0]>
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
export function connect(url: string, credential: AzureCredential): Connect {
  const pipeline = newPipeline(credential, { retryOptions: { maxTries: 1 } })
  pipeline.factories.push(readOnly)
  const service = new BlobServiceClient(url, pipeline)
  return (container) => service.getContainerClient(container)
}
