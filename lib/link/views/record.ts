import type { ZodType } from 'zod'
import type { Keys } from '@/lib/link/keys/key'

/** What the API answers. */
export interface Route {
  /** Below `/api/`, as Next.js writes it, such as `tuples/[id]/flow`. */
  path: string
  keys: Keys
  /** Loads the schema of its JSON answer; absent where it answers with a file or events. Only the server calls it: pages need the type alone. */
  answer?: () => Promise<ZodType>
}

export interface Page {
  /** Its first part; what follows is the page's own. */
  path: string
  title: string
  /** Keyboard keys that go there. A page that has them stands in the navigation. */
  hotkey?: string
  keys: Keys
}

/** All that the program knows of one view: what the API answers about it, the page that shows it, or both. Everything else derives from this. */
export type ViewRecord = { route: Route; page?: Page } | { route?: never; page: Page }
