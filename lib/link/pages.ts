import { type PageView, VIEWS } from './views'
import type { Page } from './views/record'

/** Pages without a view of their own: they ask nothing and pass the question on. */
const INVESTIGATIONS = { path: '/investigations', title: 'Investigations', hotkey: 'g i' } as const

const CONTEXT = { path: '/context', title: 'Context', hotkey: 'g x' } as const

const VIEW_PAGES = (Object.entries(VIEWS) as [PageView, { page?: Page }][]).flatMap(([view, { page }]) => (page ? [{ view, ...page }] : []))

/** The pages that the navigation names, in its order. */
export const NAVIGATION = [...VIEW_PAGES, CONTEXT, INVESTIGATIONS].flatMap(({ path, title, hotkey }) =>
  hotkey ? [{ path, title, hotkey }] : [],
)

const BY_PATH = new Map(VIEW_PAGES.map(({ path, view }) => [path, view]))

/** The view of a path, by its first part, or null. */
export function viewOfPath(path: string): PageView | null {
  return BY_PATH.get(`/${path.split('/')[1] ?? ''}`) ?? null
}
