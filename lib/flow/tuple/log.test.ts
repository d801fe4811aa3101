import { describe, expect, it } from 'vitest'
import { describeLog, logKey } from './log'

const NSG = '/SUBSCRIPTIONS/0000-11/RESOURCEGROUPS/WEB_RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB-NSG'
const FULL =
  '/SUBSCRIPTIONS/0000-11/RESOURCEGROUPS/NETWORKWATCHERRG/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_WESTUS/FLOWLOGS/HUB_VNET-FLOWLOG'

describe('logKey', () => {
  it('is the resource id of an NSG, from a path or a record in any case', () => {
    for (const text of [
      NSG,
      NSG.toLowerCase(),
      `resourceId=${NSG}`,
      `case-7/insights-logs-networksecuritygroupflowevent/resourceId=${NSG}`,
    ])
      expect(logKey(text)).toBe(NSG)
  })

  it('is the short form of a VNet flow log in every layout', () => {
    const short = '0000-11_NETWORKWATCHERRG/NETWORKWATCHER_WESTUS_HUB_VNET-FLOWLOG'
    for (const text of [
      FULL,
      FULL.toLowerCase(),
      `flowLogResourceID=${FULL}`,
      `flowLogResourceID=/${short}`,
      `copy/flowLogResourceID=/${short}`,
    ])
      expect(logKey(text)).toBe(short)
  })
})

describe('describeLog', () => {
  it('names an NSG', () => {
    expect(describeLog('/data', `resourceId=${NSG}`)).toEqual({
      id: expect.stringMatching(/^web-nsg-[0-9a-z]{8}$/),
      key: NSG,
      format: 'nsg',
      name: 'WEB-NSG',
      subscription: '0000-11',
      resourceGroup: 'WEB_RG',
    })
  })

  it('names a VNet flow log the same from its path and from its records', () => {
    const path = describeLog('/data', 'flowLogResourceID=/0000-11_NETWORKWATCHERRG/NETWORKWATCHER_WESTUS_HUB_VNET-FLOWLOG')
    expect(describeLog('/data', FULL)).toEqual(path)
    expect(path).toMatchObject({ format: 'vnet', name: 'HUB_VNET-FLOWLOG', subscription: '0000-11', resourceGroup: 'NETWORKWATCHERRG' })
    expect(path.id).toMatch(/^hub-vnet-flowlog-[0-9a-z]{8}$/)
  })

  it('distinguishes the same log in two sources, with short ids', () => {
    expect(describeLog('/a', NSG).id).not.toBe(describeLog('/b', NSG).id)
    expect(describeLog('/a', `${NSG}-${'X'.repeat(80)}`).id).toMatch(/^[a-z0-9-]{1,40}-[0-9a-z]{8}$/)
  })

  it('keeps a text of any other form unchanged', () => {
    expect(describeLog('/a', 'LOOSE')).toMatchObject({ key: 'LOOSE', name: 'LOOSE', subscription: null, resourceGroup: null })
    expect(describeLog('/a', '')).toMatchObject({ id: expect.stringMatching(/^unnamed-/), name: 'unnamed' })
  })
})
