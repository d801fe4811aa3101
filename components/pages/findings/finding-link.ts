import { showHref } from '@/components/parts/findings/show-href'
import { LONGEST_LABEL } from '@/components/parts/investigation/longest-label'
import type { NewLink } from '@/components/parts/investigation/use-investigations'
import type { ViewState } from '@/components/parts/view/view-provider'
import type { Finding } from '@/lib/flow/answer/traffic/findings'

/** Returns the link of an investigation to exactly the finding's tuples. */
export function findingLink(view: Pick<ViewState, 'href'>, finding: Finding): NewLink {
  return { label: finding.sentence.slice(0, LONGEST_LABEL), href: showHref(view, finding) }
}
