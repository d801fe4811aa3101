import { Problem } from '@/lib/flow/problem'
import { lacking, readSas, type Sas } from '../sas'
import { fill } from './fill'
import { REFUSALS } from './find'

/** Returns the advice of the refusal with this id, for use before anything is sent. `url` is an account's or container's, without its query. */
export function adviceOf(id: string, url: string, sas: Sas | null = null): string {
  const { change } = REFUSALS.find((one) => one.id === id)!
  const nothing = { status: undefined, code: undefined, detail: '', isGenuine: false, ahead: null, now: 0, proxy: null, cut: null }
  return fill(change, { ...nothing, by: sas === null ? 'nothing' : 'sas', sas, url: new URL(url) })
}

/** Returns the problem if the SAS in `query` itself does not permit reading; otherwise null. `account` is a URL without its query. */
export function refusedBefore(account: string, query: string): Problem | null {
  const sas = readSas(query)
  const id = sas === null ? null : flawOf(sas, new URL(account))
  if (id === null) return null
  return new Problem('denied', `${account} may not be read: ${adviceOf(id, account, sas)}`, { where: account })
}

function flawOf(sas: Sas, { protocol }: URL): string | null {
  if (sas.sr !== null && sas.sr !== 'c') return 'sas-narrow'
  if (sas.ss !== null && lacking(sas, 'ss').length > 0) return 'sas-service'
  if (sas.srt !== null && lacking(sas, 'srt').length > 0) return 'sas-resource-type'
  if (sas.sp !== null && sas.si === null && lacking(sas, 'sp').length > 0) return 'sas-permission'
  return sas.spr === 'https' && protocol !== 'https:' ? 'sas-protocol' : null
}
