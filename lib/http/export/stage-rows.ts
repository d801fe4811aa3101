import 'server-only'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { ManifestFile } from '@/lib/flow/answer/read/manifest'
import type { ExportRow } from '@/lib/flow/answer/tuples/export-row'
import type { ViewAsking } from '@/lib/http/ask/answering/answer'
import { exportTuples } from '@/lib/query/tuples/export-tuples'
import { encodeRows } from './encode'

const LINE_FEED = 0x0a

type Asked = Pick<ViewAsking<'export'>, 'road' | 'view' | 'options' | 'signal'>

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++
  return lines
}

/** Writes every row of the view to a new file and returns its size and hash. */
export async function stageRows({ road, view, options, signal }: Asked, path: string, name: string): Promise<ManifestFile> {
  let rows = 0
  async function* counted(batches: AsyncIterable<ExportRow[]>): AsyncGenerator<ExportRow[]> {
    for await (const batch of batches) {
      rows += batch.length
      yield batch
    }
  }
  const hash = createHash('sha256')
  let bytes = 0
  let lines = 0
  const file = await open(path, 'w', 0o600)
  try {
    for await (const piece of encodeRows(counted(exportTuples(road.store, view, options, signal)), options)) {
      hash.update(piece)
      bytes += piece.length
      lines += countLines(piece)
      await file.writeFile(piece)
    }
  } finally {
    await file.close()
  }
  return { name, rows, bytes, lines: options.format === 'parquet' ? null : lines, sha256: hash.digest('hex') }
}
