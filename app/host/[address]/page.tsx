import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { addressOf } from '@/components/pages/host/address-of'
import { HostPage } from '@/components/pages/host/host-page'

interface Props {
  params: Promise<{ address: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: addressOf((await params).address) ?? 'No address' }
}

export default async function Page({ params }: Props) {
  const address = addressOf((await params).address)
  if (address === null) notFound()
  return <HostPage address={address} />
}
