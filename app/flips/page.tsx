import type { Metadata } from 'next'
import { FlipsPage } from '@/components/pages/flips/flips-page'
import { VIEWS } from '@/lib/link/views'

export const metadata: Metadata = { title: VIEWS.flips.page.title }

export default function Page() {
  return <FlipsPage />
}
