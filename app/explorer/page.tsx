import type { Metadata } from 'next'
import { Explorer } from '@/components/pages/explorer/explorer'
import { VIEWS } from '@/lib/link/views'

export const metadata: Metadata = { title: VIEWS.tuples.page.title }

export default function Page() {
  return <Explorer />
}
