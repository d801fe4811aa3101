import 'server-only'
import { describeFailure } from './describe-failure'
import { log } from './log'

/** Writes down a page that could not be made; `path` without its query, which holds what was asked. */
export function tellPageError(error: unknown, path: string): void {
  log().error({ route: path.split('?')[0], err: describeFailure(error) }, 'page could not be made')
}
