import type { z } from 'zod'
import type { Values } from './keys/key'
import { evidence } from './views/evidence/evidence'
import { verify } from './views/evidence/verify'
import { coverage } from './views/read/coverage'
import { holes } from './views/read/holes'
import { load } from './views/read/load'
import { manifest } from './views/read/manifest'
import { plan } from './views/read/plan'
import type { ViewRecord, ViewRoute } from './views/record'
import { counters } from './views/traffic/counters'
import { findings } from './views/traffic/findings'
import { flips } from './views/traffic/flips'
import { host } from './views/traffic/host'
import { overview } from './views/traffic/overview'
import { paths } from './views/traffic/paths'
import { rule } from './views/traffic/rule'
import { rules } from './views/traffic/rules'
import { scans } from './views/traffic/scans'
import { talkers } from './views/traffic/talkers'
import { timeline } from './views/traffic/timeline'
import { values } from './views/traffic/values'
import { exportView } from './views/tuples/export'
import { flow } from './views/tuples/flow'
import { flows } from './views/tuples/flows'
import { neighbours } from './views/tuples/neighbours'
import { tuples } from './views/tuples/tuples'

/** Every view, one record each. Those with a page come first, in the order of the navigation. */
export const VIEWS = {
  overview,
  findings,
  tuples,
  rules,
  scans,
  paths,
  flips,
  coverage,
  host,
  timeline,
  values,
  talkers,
  rule,
  flow,
  flows,
  neighbours,
  holes,
  counters,
  evidence,
  plan,
  load,
  verify,
  export: exportView,
  manifest,
} as const satisfies Record<string, ViewRecord>

type Views = typeof VIEWS
export type ViewName = keyof Views

type Having<Part> = { [V in ViewName]: Views[V] extends Part ? V : never }[ViewName]

/** Views that the API answers. */
export type RouteView = Having<{ route: ViewRoute }>
/** The views among them that have a JSON answer. */
export type AnsweredView = Having<{ route: Required<ViewRoute> }>
/** Views that have a page. */
export type PageView = Having<{ page: object }>

export type RouteKeys<V extends RouteView> = Views[V]['route']['keys']
export type PageKeys<V extends PageView> = Views[V]['page']['keys']

/** The values of the keys of a view's route, and of its page. */
export type RouteOptions<V extends RouteView> = Values<RouteKeys<V>>
export type PageOptions<V extends PageView> = Values<PageKeys<V>>

/** The answer of a route. */
export type AnswerOf<R extends Required<ViewRoute>> = z.infer<Awaited<ReturnType<R['answer']>>>
export type Answer<V extends AnsweredView> = AnswerOf<Views[V]['route']>

/** A path as requested: `tuples/[id]/flow` with an id. */
type Asked<Path extends string> = Path extends `${infer Before}[${string}]${infer After}` ? `${Before}${string}${Asked<After>}` : Path

/** The answers of the API by their paths. */
export type Answers = { [V in AnsweredView as Asked<Views[V]['route']['path']>]: Answer<V> }

export function routeKeys<V extends RouteView>(view: V): RouteKeys<V> {
  return VIEWS[view].route.keys
}

export function pageKeys<V extends PageView>(view: V): PageKeys<V> {
  return VIEWS[view].page.keys
}
