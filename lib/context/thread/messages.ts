import type { FileRead } from '@/lib/context/read/read-file'

/** Files to read, one after the other. */
export interface ToReader {
  paths: string[]
}

/** `begun` is sent before a file is read, so that after the end of a thread it is known which file ended it. */
export type FromReader = { kind: 'begun'; path: string } | { kind: 'read'; path: string; file: FileRead }
