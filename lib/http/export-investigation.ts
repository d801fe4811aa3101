import 'server-only'
import { type ExportedInvestigation, exportedInvestigation, type InvestigationLink } from '@/lib/flow/investigation'
import { Problem } from '@/lib/flow/problem'
import { readHref } from '@/lib/link/href'
import { timeline } from '@/lib/query/timeline'
import { judge } from './evidence'
import { fetchRange } from './fetch-range'
import { type Context, handle } from './handle'
import { toMarkdown } from './investigation-markdown'
import { investigationOf } from './investigations'
import { originOf } from './origin'
import { refuseKeys } from './refuse-keys'
import { describeView, resolve } from './resolve'
import { respondJson } from './respond'
import { scopeOf } from './scope-of'

type ExportedLink = ExportedInvestigation['links'][number]

/** What a link answers now. A link that cannot be answered says why, and the others are still answered. */
async function answerOf(context: Context, { href, ...link }: InvestigationLink, origin: string): Promise<ExportedLink> {
  const { asked, proof } = readHref(href)
  const shown = { ...link, href: `${origin}${href}`, proof: proof === '' ? null : proof }
  try {
    const view = await resolve(context, asked, true)
    const found = await context.road.survey(view, context.signal)
    await fetchRange(context, found)
    const survey = context.road.isStale(found) ? await context.road.survey(view, context.signal) : found
    const options = { scope: scopeOf(context, survey) }
    const { buckets } = await timeline(context.road.store, view, { ...options, buckets: 1 }, context.signal)
    const sum = (side: 'allow' | 'deny') => buckets.reduce((all, bucket) => all + bucket[side].tuples, 0)
    const [allow, deny] = [sum('allow'), sum('deny')]
    const judged = proof === '' ? null : await judge({ ...context, view, survey, options, proof })
    const { complete, blobs, blobsRead } = await context.road.coverage(survey)
    const problem = complete ? (judged?.reason ?? null) : `${blobsRead} of ${blobs} blobs of the range could be read`
    const figures = { rows: allow + deny, allow, deny }
    return { ...shown, view: describeView(view), figures, verdict: judged?.verdict ?? null, problem }
  } catch (error) {
    if (!(error instanceof Problem) || context.signal.aborted) throw error
    return { ...shown, view: null, figures: null, verdict: null, problem: error.message }
  }
}

/** An investigation as one file, with what each of its links answers now; `format` is `md` or `json`. */
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
