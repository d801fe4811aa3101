import type { Metadata } from 'next'
import { FindingsPage } from '@/components/pages/findings/findings-page'
import { VIEWS } from '@/lib/link/views'

export const metadata: Metadata = { title: VIEWS.findings.page.title }

export default function Page() {
  return <FindingsPage />
}
