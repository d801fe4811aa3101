import { readFileSync, statSync } from 'node:fs'
import type { MessagePort } from 'node:worker_threads'
import { type FileRead, readFound } from '@/lib/context/read/read-file'
import type { FromReader, ToReader } from './messages'

/** Largest file that is read. Bytes. */
const LARGEST = 1024 ** 3

function read(path: string): FileRead {
  try {
    const { size } = statSync(path)
    if (size > LARGEST) return { sha256: '', sets: [], failure: { reason: `it is larger than ${LARGEST / 1024 ** 2} MiB`, line: null } }
    return readFound(path, readFileSync(path))
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    return { sha256: '', sets: [], failure: { reason: `it cannot be opened (${code})`, line: null } }
  }
}

/** Returns the buffers of a file's tables, which are transferred, not copied. */
function buffersOf({ sets }: FileRead): ArrayBuffer[] {
  return sets.flatMap(({ table }) => {
    if (table === null) return []
    const { ipv4, ipv6, stackStarts, stackLabels, stackSizes } = table
    const arrays = [ipv4.first, ipv4.last, ipv4.stack, ipv6.first, ipv6.last, ipv6.stack, stackStarts, stackLabels, stackSizes]
    return arrays.map(({ buffer }) => buffer as ArrayBuffer)
  })
}

/** Answers messages with the contents of files. */
export function serveReader(port: Pick<MessagePort, 'on' | 'postMessage'>): void {
  port.on('message', ({ paths }: ToReader) => {
    const send = (message: FromReader, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
    for (const path of paths) {
      send({ kind: 'begun', path })
      const file = read(path)
      send({ kind: 'read', path, file }, buffersOf(file))
    }
  })
}
