import 'server-only'
import { createHash } from 'node:crypto'
import type { KeptList } from '@/lib/flow/answer/kept/saved'
import type { Asked, View } from '@/lib/flow/view/view'
import type { JsonFolder } from '@/lib/http/folders/json-folder'
import { AnswerMemo } from '@/lib/http/server/memo'
import { listsIn, withLists } from '@/lib/link/language/lists'

/** Filters with their lists put in: preparing a long one for the engines takes longer than many a question. They depend on no stored data. */
const filled = new AnswerMemo(16 * 2 ** 20)
const ALWAYS = 0

/** Returns the parts of a view that come from the saved lists that its filter names; empty if it names none. @throws Problem `ask` at an unknown list */
export async function namedLists(folder: JsonFolder<KeptList>, { q, filter }: Asked): Promise<Pick<View, 'filter' | 'lists'> | null> {
  const names = listsIn(filter)
  if (filter === null || names.size === 0) return null
  const found = new Map<string, string[]>()
  for (const id of await folder.names()) {
    const list = await folder.remembered(id)
    if (list !== null && names.has(list.name.toLowerCase())) found.set(list.name.toLowerCase(), list.values)
  }
  const lists = createHash('sha256')
    .update(JSON.stringify([...found].sort()))
    .digest('hex')
    .slice(0, 16)
  return { lists, filter: await filled.get(`${lists} ${q}`, ALWAYS, async () => withLists(filter, (name) => found.get(name) ?? null)) }
}
