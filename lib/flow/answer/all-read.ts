import type { Coverage } from './answer'

/** True if everything was read, even if some content was rejected: reading it again would reject it again. */
export function allRead({ blobs, blobsRead, problems }: Pick<Coverage, 'blobs' | 'blobsRead' | 'problems'>): boolean {
  return blobsRead === blobs && !problems.some(({ kind }) => kind === 'rights' || kind === 'source')
}
