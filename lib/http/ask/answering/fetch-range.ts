import 'server-only'
import { beyond } from '@/lib/http/door/beyond'
import type { Context } from '@/lib/http/door/handle'
import type { Survey } from '@/lib/ingest/road/road'

/** Reads what the survey lacks, like `Road.fetch`, and learns from it how fast this machine loads, also if it was aborted. */
export async function fetchRange({ road, pace, signal }: Pick<Context, 'road' | 'pace' | 'signal'>, survey: Survey): Promise<void> {
  const before = road.progress(survey)
  beyond('bytes', before.bytes - before.bytesRead, 'What the range would read', { unit: 'bytes', key: 'from' })
  const began = performance.now()
  try {
    await road.fetch(survey, signal)
  } finally {
    const after = road.progress(survey)
    const read = { bytes: after.bytesRead - before.bytesRead, blobs: after.blobsRead - before.blobsRead }
    pace.learn(read, performance.now() - began)
  }
}
