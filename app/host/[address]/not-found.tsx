import { NoAddress } from '@/components/pages/host/no-address'

export default function NotFound() {
  return <NoAddress />
}
