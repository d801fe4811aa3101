import type { ViewName } from '@/lib/link/views'

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

/** The view of a path, by its first part; a page that does not exist is read as the overview. */
export function viewOfPath(path: string): PageView {
  const page = `/${path.split('/')[1] ?? ''}`
  return page in PAGE_VIEWS ? PAGE_VIEWS[page as keyof typeof PAGE_VIEWS] : 'overview'
}
