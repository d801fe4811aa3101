import type { ZodType } from 'zod'
import type { Keys } from '@/lib/link/keys/key'

/** A route of the API. */
export interface ViewRoute {
  /** Below `/api/`, in the notation of Next.js, such as `tuples/[id]/flow`. */
  path: string
  keys: Keys
  /** Loads the schema of its JSON answer; missing if it answers with a file or events. Only the server calls it: pages need only the type. */
  answer?: () => Promise<ZodType>
}

export interface Page {
  /** Its first segment; further segments belong to the page. */
  path: string
  title: string
  /** Keyboard keys that go to the page. A page with a hotkey is in the navigation. */
  hotkey?: string
  keys: Keys
}

/** The definition of one view: its route in the API, its page, or both. Everything else derives from it. */
export type ViewRecord = { route: ViewRoute; page?: Page } | { route?: never; page: Page }
