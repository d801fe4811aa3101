import { parseAddress } from '@/lib/flow/address'
import { Problem } from '@/lib/flow/problem'
import type { Asked } from '@/lib/flow/view'
import { isViewPath, viewOfPath } from './pages'
import { readLenient, write } from './params'

/** Longest link that is read, characters. */
const LONGEST = 8192

/** A link to one of our pages, taken apart. */
export interface PageLink {
  /** Path and query, as the page itself writes them. */
  href: string
  asked: Asked
  /** Empty where it has none. */
  proof: string
}

function refused(message: string, cause?: unknown): Problem {
  return new Problem('ask', `Link ${message}; expected the path and query of one of our pages, such as /explorer?last=1h`, {
    key: 'href',
    cause,
  })
}

function isPage(path: string): boolean {
  if (!isViewPath(path)) return false
  const [, page, address, ...more] = path.split('/')
  if (page !== 'host') return address === undefined
  try {
    return address !== undefined && more.length === 0 && parseAddress(decodeURIComponent(address)) !== null
  } catch {
    return false
  }
}

/** Reads a link of ours. @throws Problem `ask` for one that leads anywhere else, or holds what its page does not understand. */
export function readHref(text: string): PageLink {
  if (text.length > LONGEST) throw refused(`has ${text.length} characters, more than ${LONGEST}`)
  const found = /^(\/[\w.:%-]*(?:\/[\w.:%-]*)*)(?:\?([^#\s\\]*))?$/.exec(text)
  const [, path = '', query = ''] = found ?? []
  if (!found || path.startsWith('//') || !isPage(path)) throw refused('leads to no page of ours')
  const view = viewOfPath(path)
  const { value, ignored, problem } = readLenient(view, new URLSearchParams(query))
  const [first] = ignored
  if (problem || first) throw refused(`is not understood: ${problem?.message ?? first?.message}`, problem)
  const params = write(view, value).toString()
  return { href: params === '' ? path : `${path}?${params}`, asked: value.asked, proof: value.options.proof }
}
