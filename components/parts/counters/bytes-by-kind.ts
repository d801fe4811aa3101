import type { CountersAnswer } from '@/lib/flow/answer/traffic/counters'

/** Bytes of NSG and of VNet logs; `isMixed` if a sum has both. */
export function bytesByKind(byFormat: CountersAnswer['byFormat']): { nsg: number; vnet: number; isMixed: boolean } {
  const of = (isVnet: boolean) =>
    byFormat.filter(({ format }) => (format === 'vnet-v4') === isVnet).reduce((sum, { bytes }) => sum + bytes, 0)
  const [nsg, vnet] = [of(false), of(true)]
  return { nsg, vnet, isMixed: nsg > 0 && vnet > 0 }
}
