import 'server-only'
import { basename } from 'node:path'
import { factsOf } from '@/lib/context/facts'
import { formatAddress, parseAddress } from '@/lib/flow/address/address'
import { type AddressContext, addressesAnswer } from '@/lib/flow/answer/traffic/context'
import { Problem } from '@/lib/flow/problem'
import { handle } from '@/lib/http/door/handle'
import { refuseKeys } from '@/lib/http/door/refuse-keys'
import { respondJson } from '@/lib/http/report/respond'
import { nicsOf } from '@/lib/http/rights/scope-of'
import { toldOf } from '@/lib/query/tuples/told'

/** Maximum number of addresses of one request. */
const MOST = 200

function readAddresses(params: URLSearchParams): bigint[] {
  refuseKeys(params, ['ip'])
  const texts = params.getAll('ip')
  if (texts.length === 0 || texts.length > MOST)
    throw new Problem('ask', `Key ip: ${texts.length} addresses; expected 1 to ${MOST}`, { key: 'ip', at: 0 })
  return texts.map((text) => {
    const address = parseAddress(text)
    if (address === null)
      throw new Problem('ask', `Key ip: ${text || 'nothing'} is no address; expected one such as 10.0.0.1`, { key: 'ip', at: 0 })
    return address
  })
}

/** Returns the facts about addresses, wherever they were logged. An address that an inventory has several times is ambiguous. */
export const addresses = handle('addresses', async ({ contextFiles, road, signal, requestId, params, count }) => {
  const asked = readAddresses(params)
  const [files, all] = [await contextFiles.all(), await contextFiles.known()]
  const known = road.isPersonal ? all.for(await nicsOf(road, signal)) : all
  const place = known.whose?.placeOf('', false) ?? 0
  const rows = asked.map((address) => {
    const { cells, among } = toldOf(known, { address, place, time: Date.now() })
    const facts = factsOf(files, known, address).map(({ kind, text, path, size, until }) => ({
      kind,
      text,
      file: basename(path),
      addresses: size,
      until: until === null ? null : new Date(until).toISOString(),
    }))
    return { ip: formatAddress(address), ...Object.fromEntries(cells), among, facts } as unknown as AddressContext
  })
  count(rows.length)
  return respondJson(addressesAnswer.parse({ rows }), requestId)
})
