import { MINUTE } from '@/lib/flow/time/bucket'
import { fillWay } from '@/lib/net/obstacles'
import { absent, lacking, type Sas } from '../sas'
import type { FailedRequest } from '../seen'

/** The values of the names in braces. None of them contains a signature, a key or a token. */
const NAMES: Record<string, (seen: FailedRequest) => string> = {
  account: (seen) => placeOf(seen).account,
  scope: (seen) => {
    const { account, container } = placeOf(seen)
    return container === '' ? `the storage account ${account}` : `the container ${container} or the storage account ${account}`
  },
  cut: ({ cut }) => cut ?? 'could not be reached, or the connection was cut',
  clock: ({ ahead }) =>
    ahead === null || Math.abs(ahead) < MINUTE ? '' : ` (this server's clock is ${spanOf(ahead)} ${ahead > 0 ? 'behind' : 'ahead'})`,
  ended: ({ sas }) => instantOf(sas?.ends),
  begins: ({ sas }) => instantOf(sas?.begins),
  wait: ({ sas, now, ahead }) => spanOf((sas?.begins ?? now) - now - (ahead ?? 0)),
  policy: ({ sas }) => plain(sas?.si),
  resource: ({ sas }) => plain(sas?.sr),
  sp: ({ sas }) => plain(sas?.sp),
  ss: ({ sas }) => plain(sas?.ss),
  srt: ({ sas }) => plain(sas?.srt),
  sip: ({ sas }) => plain(sas?.sip),
  permissions: ({ sas }) => lackingText(sas, 'sp'),
  types: ({ sas }) => lackingText(sas, 'srt'),
  absent: ({ sas }) => {
    const names = sas === null ? [] : absent(sas)
    return names.length === 0 ? '' : ` (it lacks ${names.join(', ')})`
  },
  address: ({ detail }) => /source IP ([0-9a-f.:]{2,45}?)\.?\s/i.exec(`${detail} `)?.[1] ?? 'another one',
  field: ({ detail }) => {
    const field = /field '(\w{1,8})'/.exec(detail)?.[1]
    return field === undefined ? '' : ` (${field})`
  },
}

/** Fills the names in braces into a sentence of a refusal. */
export function fill(sentence: string, seen: FailedRequest): string {
  return fillWay(sentence, seen).replace(/\{(\w+)\}/g, (whole, name: string) => NAMES[name]?.(seen) ?? whole)
}

/** In Azure, the host names the account; in an emulator, whose host is an IP address, the first part of the path does. */
function placeOf({ url }: FailedRequest): { account: string; container: string } {
  const parts = url.pathname.split('/').filter((part) => part !== '')
  const isNamed = /^[a-z0-9]{3,24}\.[a-z]/.test(url.hostname)
  const [account = url.host, container = ''] = isNamed ? [url.hostname.split('.')[0], ...parts] : parts
  return { account, container }
}

function lackingText(sas: Sas | null, parameter: 'sp' | 'srt'): string {
  return sas === null ? '' : lacking(sas, parameter).join(' and ')
}

function plain(text: string | null | undefined): string {
  return text != null && /^[\w.:,/-]{1,64}$/.test(text) ? text : '?'
}

function instantOf(time: number | null | undefined): string {
  return time == null ? '?' : new Date(time).toISOString()
}

function spanOf(ms: number): string {
  const minutes = Math.max(1, Math.round(Math.abs(ms) / MINUTE))
  if (minutes >= 2 * 24 * 60) return `${Math.round(minutes / (24 * 60))} days`
  if (minutes >= 120) return `${Math.round(minutes / 60)} hours`
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`
}
