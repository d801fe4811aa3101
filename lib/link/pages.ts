import { type PageView, VIEWS } from './views'
import type { Page } from './views/record'

/** Pages without a view of their own: they run no query, and keep the question for other pages. */
const INVESTIGATIONS = { path: '/investigations', title: 'Investigations', hotkey: 'g i' } as const

const CONTEXT = { path: '/context', title: 'Context', hotkey: 'g x' } as const

const WATCHES = { path: '/watches', title: 'Watches', hotkey: 'g w' } as const

const VIEW_PAGES = (Object.entries(VIEWS) as [PageView, { page?: Page }][]).flatMap(([view, { page }]) => (page ? [{ view, ...page }] : []))

/** The pages in the navigation, in order. */
export const NAVIGATION = [...VIEW_PAGES, CONTEXT, WATCHES, INVESTIGATIONS].flatMap(({ path, title, hotkey }) =>
  hotkey ? [{ path, title, hotkey }] : [],
)

const BY_PATH = new Map(VIEW_PAGES.map(({ path, view }) => [path, view]))

/** Returns the view of a path by its first segment, or null. */
export function viewOfPath(path: string): PageView | null {
  return BY_PATH.get(`/${path.split('/')[1] ?? ''}`) ?? null
}
