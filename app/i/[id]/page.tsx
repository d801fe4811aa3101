import type { Metadata } from 'next'
import { InvestigationPage } from '@/components/pages/investigations/investigation-page'

export const metadata: Metadata = { title: 'Investigation' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <InvestigationPage id={id} />
}
