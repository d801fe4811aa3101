import 'server-only'
import { describeFailure } from './describe-failure'
import { log } from './log'

/** Logs a page that failed to render; `path` is logged without its query, which contains the question. */
export function tellPageError(error: unknown, path: string): void {
  log().error({ route: path.split('?')[0], err: describeFailure(error) }, 'page failed to render')
}
