import 'server-only'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ManifestAnswer, ManifestFile } from '@/lib/flow/answer/read/manifest'
import { Problem } from '@/lib/flow/problem'
import type { View } from '@/lib/flow/view/view'
import type { ViewAsking } from '@/lib/http/ask/answering/answer'
import { makeStaging } from '@/lib/http/folders/staging'
import { confirm, confirmed } from '@/lib/http/rights/confirm'
import { folderReadme } from './folder-readme'
import { describeManifest } from './manifest'
import { stageRows } from './stage-rows'
import { TAR_END, tarHeader, tarPadding } from './tar'

/** New blocks may arrive between the rows and their manifest; then both are created again, up to this many times. */
const TRIES = 4

/** Name of an export without its extension: `flowlens-2026-08-12T000000`. */
export function folderName({ from }: View): string {
  return `flowlens-${new Date(from).toISOString().slice(0, 19).replaceAll(':', '')}`
}

/** Writes the rows to a file at `path` and returns a manifest that agrees with them. */
async function stage(asking: ViewAsking<'export'>, path: string): Promise<{ file: ManifestFile; manifest: ManifestAnswer }> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const file = await stageRows(asking, path, `rows.${asking.options.format}`)
    const manifest = await describeManifest(asking)
    if (file.rows === manifest.total.rows) return { file, manifest: { ...manifest, file } }
  }
  throw new Problem('busy', 'Export met new rows at each attempt: end its range before now, or set asof')
}

function* textFile(name: string, text: string, made: number): Generator<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  yield tarHeader(name, bytes.length, made)
  yield bytes
  yield tarPadding(bytes.length)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * Yields a tar archive with the rows, `manifest.json`, `SHA256SUMS` over both and a `README.md` with instructions to confirm every figure. The README is sent
 * first, so that the client receives something while the rest is created in the data directory, from which it is then deleted.
 */
export async function* exportFolder(asking: ViewAsking<'export'>): AsyncGenerator<Uint8Array> {
  const made = Date.now()
  const folder = folderName(asking.view)
  const readme = folderReadme(asking.options.format)
  yield* textFile(`${folder}/README.md`, readme, made)
  const staging = await makeStaging(asking.dataDir)
  try {
    const path = join(staging, 'rows')
    const { file, manifest } = await stage(asking, path)
    await confirm(asking)
    const text = `${JSON.stringify(manifest, null, 2)}\n`
    const sums = [
      [sha256(readme), 'README.md'],
      [sha256(text), 'manifest.json'],
      [file.sha256, file.name],
    ]
    yield* textFile(`${folder}/manifest.json`, text, made)
    yield* textFile(`${folder}/SHA256SUMS`, sums.map(([sum, name]) => `${sum}  ${name}\n`).join(''), made)
    yield tarHeader(`${folder}/${file.name}`, file.bytes, made)
    yield* confirmed(asking, createReadStream(path, { signal: asking.signal }))
    yield tarPadding(file.bytes)
    yield TAR_END
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}
