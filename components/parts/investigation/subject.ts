import type { QueryClient } from '@tanstack/react-query'
import { formatPlural } from '@/components/parts/format/number'
import { aclName } from '@/components/parts/format/resource'
import { decodeRule } from '@/components/parts/format/rule'
import type { RuleAnswer } from '@/lib/flow/answer/traffic/rule'
import { formatBytes } from '@/lib/flow/text/bytes'
import { NAVIGATION, viewOfPath } from '@/lib/link/pages'
import { readLenient } from '@/lib/link/params'

const WAYS = { in: 'inbound', out: 'outbound' } as const

/** Returns the subject of a link in addition to its range and filter: the open rule, the address, or the page. */
export function subjectOf(path: string, params: URLSearchParams): string {
  if (path.startsWith('/host/')) return `Host ${decodeURIComponent(path.slice('/host/'.length))}`
  if (viewOfPath(path) === 'rules') {
    const { rule, acl, dir } = readLenient('rules', params).value.options
    if (rule !== null) return `Rule ${decodeRule(rule).name}${acl === null ? '' : ` of ${aclName(acl)}`}, ${WAYS[dir]}`
  }
  return NAVIGATION.find((page) => page.path === path)?.title ?? path.slice(1)
}

/** Returns the figures of the open rule, as in its panel; empty without one. */
function figuresOf(client: QueryClient, path: string, params: URLSearchParams): string {
  if (viewOfPath(path) !== 'rules') return ''
  const { rule, acl, dir } = readLenient('rules', params).value.options
  const held = client.getQueriesData<{ answer: RuleAnswer }>({ queryKey: ['answer', 'rule'] }).flatMap(([, data]) => data?.answer ?? [])
  const shown = held.findLast((answer) => answer.rule === rule && answer.acl === acl && answer.dir === dir)
  if (!shown) return ''
  const sum = (figure: 'tuples' | 'bytes') => (shown.allow?.[figure] ?? 0) + (shown.deny?.[figure] ?? 0)
  return `: ${formatPlural(sum('tuples'), 'tuple')}, ${formatBytes(sum('bytes'))}`
}

/** Returns the label of a link to the page's contents. */
export function labelOf(client: QueryClient, path: string, params: URLSearchParams): string {
  const q = params.get('q') ?? ''
  const isPage = path === '/' || path === '/explorer'
  if (isPage) return q === '' ? 'All traffic' : q
  return `${subjectOf(path, params)}${figuresOf(client, path, params)}${q === '' ? '' : `, ${q}`}`
}
