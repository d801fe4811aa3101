import 'server-only'
import { allRead } from '@/lib/flow/answer/all-read'
import { type ExportedInvestigation, exportedInvestigation, type InvestigationLink } from '@/lib/flow/answer/evidence/investigation'
import { Problem } from '@/lib/flow/problem'
import { withBaseline } from '@/lib/flow/view/novelties'
import { filtersByContext } from '@/lib/http/ask/answering/by-context'
import { fetchRange } from '@/lib/http/ask/answering/fetch-range'
import { describeView, resolve } from '@/lib/http/ask/answering/resolve'
import { type Context, handle } from '@/lib/http/door/handle'
import { originOf } from '@/lib/http/door/origin'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { respondJson } from '@/lib/http/report/respond'
import { knowingScopeOf } from '@/lib/http/rights/scope-of'
import { readHref } from '@/lib/link/href'
import { timeline } from '@/lib/query/timeline/timeline'
import { judge } from './evidence'
import { toMarkdown } from './investigation-markdown'
import { investigationOf } from './investigations'

type ExportedLink = ExportedInvestigation['links'][number]

/** Returns the current answer of a link, or the reason why there is none. */
async function answerOf(context: Context, { href, ...link }: InvestigationLink, origin: string): Promise<ExportedLink> {
  const { asked, proof } = readHref(href)
  const shown = { ...link, href: `${origin}${href}`, proof: proof === '' ? null : proof }
  try {
    const view = await resolve(context, asked, true)
    const needed = withBaseline(view)
    const found = await context.road.survey(needed, context.signal)
    await fetchRange(context, found)
    const survey = context.road.isStale(found) ? await context.road.survey(needed, context.signal) : found
    const options = { scope: await knowingScopeOf(context, survey, filtersByContext(view.filter)) }
    const { answer, coverage } = await context.road.covered(survey, () =>
      timeline(context.road.store, view, { ...options, buckets: 1 }, context.signal),
    )
    const { buckets } = answer
    const sum = (side: 'allow' | 'deny') => buckets.reduce((all, bucket) => all + bucket[side].tuples, 0)
    const [allow, deny] = [sum('allow'), sum('deny')]
    const judged = proof === '' ? null : await judge({ ...context, view, survey, options, proof })
    const problem = allRead(coverage)
      ? (judged?.reason ?? null)
      : `${coverage.blobsRead} of ${coverage.blobs} blobs of the range could be read`
    const figures = { rows: allow + deny, allow, deny }
    return { ...shown, view: describeView(view), figures, verdict: judged?.verdict ?? null, problem }
  } catch (error) {
    if (!(error instanceof Problem) || context.signal.aborted) throw error
    return { ...shown, view: null, figures: null, verdict: null, problem: error.message }
  }
}

/** Returns an investigation as one file, with the current answer of each link; `format` is `md` or `json`. */
export const exportInvestigation = handle(
  'investigation export',
  async (context, path) => {
    refuseKeys(context.params, ['format'])
    const format = context.params.get('format') ?? 'md'
    if (format !== 'md' && format !== 'json')
      throw new Problem('ask', `Format ${format} is unknown here; expected md or json`, { key: 'format' })
    const investigation = await investigationOf(context, path)
    const origin = originOf(context.request)
    context.road.refresh()
    const links: ExportedLink[] = []
    for (const link of investigation.links) links.push(await answerOf(context, link, origin))
    const exported = exportedInvestigation.parse({
      ...investigation,
      links,
      address: `${origin}/i/${investigation.id}`,
      exported: new Date().toISOString(),
    })
    const response =
      format === 'json'
        ? respondJson(exported, context.requestId)
        : new Response(toMarkdown(exported), {
            headers: {
              'content-type': 'text/markdown; charset=utf-8',
              'cache-control': 'private, no-store',
              'x-content-type-options': 'nosniff',
              'x-request-id': context.requestId,
            },
          })
    response.headers.set('content-disposition', `attachment; filename="investigation-${investigation.id}.${format}"`)
    return response
  },
  { deadline: null },
)
