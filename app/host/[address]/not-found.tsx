import { NoAddress } from '@/components/host/no-address'

export default function NotFound() {
  return <NoAddress />
}
