import type { z } from 'zod'
import type { Values } from './keys/key'
import { counters } from './views/counters'
import { coverage } from './views/coverage'
import { evidence } from './views/evidence'
import { exportView } from './views/export'
import { findings } from './views/findings'
import { flips } from './views/flips'
import { flow } from './views/flow'
import { holes } from './views/holes'
import { host } from './views/host'
import { load } from './views/load'
import { manifest } from './views/manifest'
import { neighbours } from './views/neighbours'
import { overview } from './views/overview'
import { paths } from './views/paths'
import { plan } from './views/plan'
import type { Route, ViewRecord } from './views/record'
import { rule } from './views/rule'
import { rules } from './views/rules'
import { scans } from './views/scans'
import { talkers } from './views/talkers'
import { timeline } from './views/timeline'
import { tuples } from './views/tuples'
import { values } from './views/values'
import { verify } from './views/verify'

/** Every view, one record each. Those with a page come first, in the order in which the navigation names them. */
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

/** Views that the API answers about. */
export type RouteView = Having<{ route: Route }>
/** Those of them with a JSON answer. */
export type AnsweredView = Having<{ route: Required<Route> }>
/** Views that have a page. */
export type PageView = Having<{ page: object }>

export type RouteKeys<V extends RouteView> = Views[V]['route']['keys']
export type PageKeys<V extends PageView> = Views[V]['page']['keys']

/** The values of the keys of a view's route, or page. */
export type RouteOptions<V extends RouteView> = Values<RouteKeys<V>>
export type PageOptions<V extends PageView> = Values<PageKeys<V>>

/** What a route answers. */
export type AnswerOf<R extends Required<Route>> = z.infer<Awaited<ReturnType<R['answer']>>>
export type Answer<V extends AnsweredView> = AnswerOf<Views[V]['route']>

/** A path as it is asked: `tuples/[id]/flow` with an id. */
type Asked<Path extends string> = Path extends `${infer Before}[${string}]${infer After}` ? `${Before}${string}${Asked<After>}` : Path

/** The answers of the API by the path that they are asked at. */
export type Answers = { [V in AnsweredView as Asked<Views[V]['route']['path']>]: Answer<V> }

export function routeKeys<V extends RouteView>(view: V): RouteKeys<V> {
  return VIEWS[view].route.keys
}

export function pageKeys<V extends PageView>(view: V): PageKeys<V> {
  return VIEWS[view].page.keys
}
