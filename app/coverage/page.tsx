import type { Metadata } from 'next'
import { CoveragePage } from '@/components/pages/coverage/coverage-page'
import { VIEWS } from '@/lib/link/views'

export const metadata: Metadata = { title: VIEWS.coverage.page.title }

export default function Page() {
  return <CoveragePage />
}
