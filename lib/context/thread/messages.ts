import type { FileRead } from '@/lib/context/read/read-file'

/** Files to read, one after the other. */
export interface ToReader {
  paths: string[]
}

/** `begun` comes before a file is touched, so that a thread that ends tells which file ended it. */
export type FromReader = { kind: 'begun'; path: string } | { kind: 'read'; path: string; file: FileRead }
