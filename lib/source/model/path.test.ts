import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR } from '@/lib/flow/time/bucket'
import { formatPath, parsePath, resourceScope } from './path'

const NSG = 'resourceId=/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB'
const SHORT = 'flowLogResourceID=/A64ACBF7_NETWORKWATCHERRG/NETWORKWATCHER_EASTUS_FLOWLOG-VNET'
const LONG =
  'flowLogResourceID=/SUBSCRIPTIONS/S/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_EASTUS/FLOWLOGS/F'
const TAIL = 'y=2025/m=10/d=05/h=09/m=00'
const HOUR_9 = Date.UTC(2025, 9, 5, 9)

describe('parsePath', () => {
  test.each([NSG, SHORT, LONG, 'anything/else', ''])('reads the layout %s', (scope) => {
    const base = scope === '' ? '' : `${scope}/`
    expect(parsePath(`${base}${TAIL}/macAddress=7C1E5264840B/PT1H.json`)).toEqual({ scope, hour: HOUR_9, mac: '7C1E5264840B' })
    expect(parsePath(`${base}${TAIL}/PT1H.json`)).toEqual({ scope, hour: HOUR_9, mac: null })
  })

  test.each([
    'y=2025/m=10/d=05/h=09/m=00/macAddress=7C1E5264840B/PT1H (1).json',
    'y=2025/m=10/d=05/h=09/m=00/macAddress=7C1E5264840B/PT1H.json.gz',
    'y=2025/m=10/d=05/h=09/m=00/macAddress=7C1E5264840B/PT1H',
    'y=2025/m=10/d=5/h=9/m=0/macAddress=7C1E5264840B/PT1H.json',
    'y=2025/m=10/d=05/h=09/macAddress=7C1E5264840B/PT1H.json',
    'Y=2025/M=10/D=05/H=09/M=00/MACADDRESS=7C1E5264840B/PT1H.JSON',
    'y=2025/m=10/d=05/h=09/m=00/macaddress=7c1e5264840b/pt1h.json',
  ])('reads %s as copies and tools spell it', (name) => {
    expect(parsePath(`s/${name}`)).toEqual({ scope: 's', hour: HOUR_9, mac: '7C1E5264840B' })
  })

  test.each([
    ['7c1e5264840b', '7C1E5264840B'],
    ['7C-1E-52-64-84-0B', '7C1E5264840B'],
    ['none', null],
    ['7C1E5264840B0', null],
  ])('takes the MAC %s for %s', (written, mac) => {
    expect(parsePath(`${NSG}/${TAIL}/macAddress=${written}/PT1H.json`)?.mac).toBe(mac)
  })

  test.each([
    'y=2025/m=13/d=05/h=09/m=00/PT1H.json',
    'y=2025/m=02/d=29/h=09/m=00/PT1H.json',
    'y=2025/m=00/d=05/h=09/m=00/PT1H.json',
    'y=2025/m=10/d=00/h=09/m=00/PT1H.json',
    'y=2025/m=10/d=05/h=24/m=00/PT1H.json',
    'y=0050/m=10/d=05/h=09/m=00/PT1H.json',
    'y=2025/m=10/d=05/PT1H.json',
    'y=2025/m=10/d=05/h=09/m=00',
    'y=2025/m=10/d=05/h=09/m=00/macAddress=7C1E5264840B',
    'y=2025/m=10/d=005/h=09/m=00/PT1H.json',
    'y=2025/m=10/d=05/h=09/m=00/copies/PT1H.json',
    'my=2025/m=10/d=05/h=09/m=00/PT1H.json',
    'blob_fixtures.json',
    '',
  ])('takes %s for a loose file', (name) => {
    expect(parsePath(name)).toBeNull()
  })

  test('reads the names that formatPath writes', () => {
    const segment = fc.stringMatching(/^[\w .()=-]{1,12}$/)
    const hours = fc.integer({ min: Date.UTC(1970) / HOUR, max: Date.UTC(2200) / HOUR })
    const mac = fc.option(fc.stringMatching(/^[0-9A-F]{12}$/))
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), hours, mac, (scope, hour, mac) => {
        const path = { scope: scope.join('/'), hour: hour * HOUR, mac }
        expect(parsePath(formatPath(path))).toEqual(path)
      }),
    )
  })
})

test.each([
  [`/evidence/case 7/insights-logs-networksecuritygroupflowevent/${NSG}`, NSG],
  [SHORT, SHORT],
  ['copy/of/RESOURCEID=/X', 'RESOURCEID=/X'],
  ['my-resourceId=/X', 'my-resourceId=/X'],
])('resourceScope cuts %s to %s', (scope, cut) => {
  expect(resourceScope(scope)).toBe(cut)
})
