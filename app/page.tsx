import { Overview } from '@/components/pages/overview/overview'

export default function Page() {
  return <Overview />
}
