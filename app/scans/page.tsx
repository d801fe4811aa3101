import type { Metadata } from 'next'
import { ScansPage } from '@/components/pages/scans/scans-page'
import { VIEWS } from '@/lib/link/views'

export const metadata: Metadata = { title: VIEWS.scans.page.title }

export default function Page() {
  return <ScansPage />
}
