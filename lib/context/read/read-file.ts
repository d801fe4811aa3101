import { createHash } from 'node:crypto'
import { basename, extname } from 'node:path'
import { type FoundSet, Unreadable } from './found'
import { readJson } from './json'
import { readLines } from './lines'
import { isMmdb, readMmdb } from './mmdb'
import { textOf } from './text'

/** The entries of one file, or the reason why it cannot be read. */
export interface FileRead {
  sha256: string
  sets: FoundSet[]
  failure: { reason: string; line: number | null } | null
}

function setsOf(bytes: Buffer, name: string): FoundSet[] {
  if (isMmdb(bytes)) return readMmdb(bytes, name)
  const text = textOf(bytes)
  const start = text.trimStart()
  if (start.startsWith('{') || (start.startsWith('[') && !/^\[[0-9a-f:]+\]/i.test(start))) return readJson(text, name)
  return readLines(text, name)
}

/** Reads a file by its content; its name without extension becomes the name of its list. Bytes that cannot be read give a failure, never an exception. */
export function readFound(path: string, bytes: Buffer): FileRead {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  try {
    return { sha256, sets: setsOf(bytes, basename(path, extname(path))), failure: null }
  } catch (error) {
    if (error instanceof Unreadable) return { sha256, sets: [], failure: { reason: error.message, line: error.line } }
    const message = error instanceof Error ? error.message : String(error)
    return { sha256, sets: [], failure: { reason: `it is damaged: ${message.slice(0, 200)}`, line: null } }
  }
}
