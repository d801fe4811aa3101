import { parseAddress } from '@/lib/flow/address/address'
import { Problem } from '@/lib/flow/problem'
import type { Asked } from '@/lib/flow/view/view'
import { viewOfPath } from './pages'
import { readLenient, write } from './params'
import { type PageView, pageKeys } from './views'

/** Longest link to be read, in characters: one with the longest filter, most of whose characters are percent-encoded as three. */
const LONGEST = 786_432

/** A parsed link to one of our pages. */
export interface PageLink {
  /** Path and query, in the form that the page itself writes. */
  href: string
  asked: Asked
  /** Empty if it has none. */
  proof: string
}

function refused(message: string, cause?: unknown): Problem {
  return new Problem('ask', `Link ${message}; expected the path and query of one of our pages, such as /explorer?last=1h`, {
    key: 'href',
    cause,
  })
}

/** Returns the view of a page's path, or null. */
function viewOf(path: string): PageView | null {
  const view = viewOfPath(path)
  const [, , address, ...more] = path.split('/')
  if (view !== 'host') return address === undefined ? view : null
  try {
    return address !== undefined && more.length === 0 && parseAddress(decodeURIComponent(address)) !== null ? view : null
  } catch {
    return null
  }
}

/**
 * Reads a link to one of our pages.
 * @throws Problem `ask` for any other link, or if the page cannot parse it
 */
export function readHref(text: string): PageLink {
  if (text.length > LONGEST) throw refused(`has ${text.length} characters, more than ${LONGEST}`)
  const found = /^(\/[\w.:%-]*(?:\/[\w.:%-]*)*)(?:\?([^#\s\\]*))?$/.exec(text)
  const [, path = '', query = ''] = found ?? []
  const view = !found || path.startsWith('//') ? null : viewOf(path)
  if (view === null) throw refused('leads to no page of ours')
  const { value, ignored, problem } = readLenient(view, new URLSearchParams(query))
  const [first] = ignored
  if (problem || first) throw refused(`is not understood: ${problem?.message ?? first?.message}`, problem)
  const params = write(pageKeys(view), value).toString()
  return { href: params === '' ? path : `${path}?${params}`, asked: value.asked, proof: value.options.proof }
}
