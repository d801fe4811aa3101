import { AnswerError, toAnswerError } from '@/components/parts/answer/answer-error'
import { noteRefusal } from '@/components/parts/session/session'
import type { Sink } from './sink'

/** Progress of a file. `lines` are line feeds. */
export interface Saved {
  bytes: number
  lines: number
}

const LINE_FEED = 0x0a

function countLines(piece: Uint8Array): number {
  let lines = 0
  for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) lines++
  return lines
}

/**
 * Saves the response of `url` to the sink; the next piece is requested when the last one is written. An incomplete file is not kept.
 * @throws AnswerError if the server refuses, or the stream is cut; fetch's error if the signal aborts
 */
export async function save(url: string, sink: Sink, onProgress: (saved: Saved) => void, signal: AbortSignal): Promise<Saved> {
  const saved = { bytes: 0, lines: 0 }
  try {
    const response = await fetch(url, { signal })
    if (response.status === 401) noteRefusal()
    if (!response.ok || response.body === null) throw toAnswerError(response.status, await response.json().catch(() => null))
    const reader = response.body.getReader()
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      await sink.write(read.value)
      saved.bytes += read.value.length
      saved.lines += countLines(read.value)
      onProgress({ ...saved })
    }
    await sink.close()
    return saved
  } catch (error) {
    await sink.abort()
    if (signal.aborted || error instanceof AnswerError) throw error
    if (error instanceof TypeError) {
      throw new AnswerError('The file was cut off before its end; nothing was saved', { kind: 'network', status: 0 })
    }
    throw error
  }
}
