import type { Coverage } from './answer'

/** Whether everything that is there has been read, whatever of it was refused: what was refused once is refused again. */
export function allRead({ blobs, blobsRead, problems }: Pick<Coverage, 'blobs' | 'blobsRead' | 'problems'>): boolean {
  return blobsRead === blobs && !problems.some(({ kind }) => kind === 'rights' || kind === 'source')
}
