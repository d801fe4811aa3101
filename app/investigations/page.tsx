import type { Metadata } from 'next'
import { InvestigationsPage } from '@/components/pages/investigations/investigations-page'

export const metadata: Metadata = { title: 'Investigations' }

export default function Page() {
  return <InvestigationsPage />
}
