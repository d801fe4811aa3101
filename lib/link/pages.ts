import type { ViewName } from './views'

/** Which view of the link each page is. */
export const PAGE_VIEWS = {
  '/': 'overview',
  '/explorer': 'tuples',
  '/rules': 'rules',
  '/scans': 'scans',
  '/flips': 'flips',
  '/coverage': 'coverage',
  '/host': 'hostPage',
} as const satisfies Record<string, ViewName>
export type PageView = (typeof PAGE_VIEWS)[keyof typeof PAGE_VIEWS]

function pageOf(path: string): string {
  return `/${path.split('/')[1] ?? ''}`
}

/** Whether a path is a page about a view, by its first part. */
export function isViewPath(path: string): boolean {
  return pageOf(path) in PAGE_VIEWS
}

/** The view of a path, by its first part; a page that does not exist is read as the overview. */
export function viewOfPath(path: string): PageView {
  return isViewPath(path) ? PAGE_VIEWS[pageOf(path) as keyof typeof PAGE_VIEWS] : 'overview'
}
