import { Problem } from '@/lib/flow/problem'
import { together } from '@/lib/source/wait/together'
import type { AzureLister, ListedBlob } from './list'
import { unlessDenied } from './unless-denied'

/** The prefixes of a container that have hours below them, and its other blobs. */
export interface Tree {
  /** Prefixes that are followed by `y=YYYY/`: each ends in `/` or is empty. */
  bases: string[]
  /** Blobs outside every `y=` tree. */
  loose: ListedBlob[]
  /** One for each folder below the top that may not be listed. */
  refused: Problem[]
}

const YEAR = /(^|\/)y=\d{4}\/$/i
const PREFIX_LIMIT = 20_000

/** Walks a container's prefixes down to `y=`, level by level. */
export async function discover(subject: string, lister: AzureLister, signal: AbortSignal): Promise<Tree> {
  const tree: Tree = { bases: [], loose: [], refused: [] }
  let level = ['']
  for (let seen = 1; level.length > 0; seen += level.length) {
    if (seen > PREFIX_LIMIT) {
      throw new Problem('source', `${subject} holds more than ${PREFIX_LIMIT} folders outside of flow log paths`, { where: subject })
    }
    const pages = await together(
      signal,
      level.map((prefix) => async (shared) => {
        const page = lister.below(prefix, shared)
        const found = prefix === '' ? await page : await unlessDenied(page, (problem) => tree.refused.push(problem))
        return { prefix, prefixes: found?.prefixes ?? [], items: found?.items ?? [] }
      }),
    )
    for (const { prefix, prefixes, items } of pages) {
      if (prefixes.some((name) => YEAR.test(name))) tree.bases.push(prefix)
      tree.loose.push(...items)
    }
    level = pages.flatMap(({ prefixes }) => prefixes.filter((name) => !YEAR.test(name)))
  }
  return tree
}

const LEVELS = [/\/?y=(\d{4})\/$/i, /\/m=(\d{1,2})\/$/i, /\/d=(\d{1,2})\/$/i]

/** Yields the day prefixes below a base, newest or oldest first. Lists year, month and day levels only as far as the caller iterates. */
export async function* days(
  lister: AzureLister,
  base: string,
  from: 'newest' | 'oldest',
  signal: AbortSignal,
  depth = 0,
): AsyncGenerator<string, void, undefined> {
  const level = LEVELS[depth]
  if (level === undefined) {
    yield base
    return
  }
  const { prefixes } = await lister.below(base, signal)
  const ordered = prefixes.filter((name) => level.test(name)).sort((a, b) => Number(level.exec(a)![1]) - Number(level.exec(b)![1]))
  if (from === 'newest') ordered.reverse()
  for (const prefix of ordered) yield* days(lister, prefix, from, signal, depth + 1)
}
