import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { InvestigationPage } from '@/components/pages/investigations/investigation-page'
import { SHELF_ID } from '@/lib/flow/answer/shelf'

export const metadata: Metadata = { title: 'Investigation' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!SHELF_ID.test(id)) notFound()
  return <InvestigationPage id={id} />
}
