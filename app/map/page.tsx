import type { Metadata } from 'next'
import { MapPage } from '@/components/pages/map/map-page'
import { VIEWS } from '@/lib/link/views'

export const metadata: Metadata = { title: VIEWS.paths.page.title }

export default function Page() {
  return <MapPage />
}
