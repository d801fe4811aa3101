import { HOUR, MINUTE } from '@/lib/flow/time/bucket'
import type { Dice } from '@/lib/query/test/random'

/** A log of the account. Everything that only this log contains has its letter in its name, so that the text of an answer reveals a leak. */
export interface TestLog {
  letter: string
  nsg: string
  mac: string
  scope: string
}

export function testLog(letter: string, i: number): TestLog {
  const nsg = `/SUBSCRIPTIONS/SUB-${letter}/RESOURCEGROUPS/RG-${letter}/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/NSG-${letter}`
  return { letter, nsg, mac: `00224800000${i}`, scope: `resourceId=${nsg}` }
}

/** Names that only this log's blobs and rows contain. */
export function marksOf({ letter, mac }: TestLog): string[] {
  return [`SUB-${letter}`, `NSG-${letter}`, `nsg-${letter.toLowerCase()}`, `UserRule_${letter}_`, mac]
}

/** Tuples of the minute before `time`. All logs share their ends, so that rows of one could change figures about another. */
function tuples(dice: Dice, time: number, count: number): string[] {
  return Array.from({ length: count }, () => {
    const second = Math.floor(time / 1000) - 60 + dice.below(60)
    const inbound = dice.below(2) === 0
    const [outside, inside] = [`198.51.100.${dice.below(6)}`, `10.0.0.${dice.below(5)}`]
    const ends = inbound ? `${outside},${inside}` : `${inside},${outside}`
    const denied = inbound && dice.below(3) > 0
    const state = denied ? 'B,,,,' : `${dice.pick(['B', 'C', 'E'])},${dice.below(9)},${dice.below(900)},${dice.below(9)},${dice.below(900)}`
    return `"${second},${ends},${1024 + dice.below(40)},${dice.pick([22, 443, 3389])},${dice.pick(['T', 'U'])},${inbound ? 'I' : 'O'},${denied ? 'D' : 'A'},${state}"`
  })
}

function testRecord({ letter, nsg, mac }: TestLog, dice: Dice, time: number, count: number): string {
  const rule = `UserRule_${letter}_${dice.below(2)}`
  const flows = `[{"rule":"${rule}","flows":[{"mac":"${mac}","flowTuples":[${tuples(dice, time, count).join(',')}]}]}]`
  return `{"time":"${new Date(time).toISOString().replace('Z', '0000Z')}","systemId":"x","macAddress":"${mac}","category":"NetworkSecurityGroupFlowEvent","resourceId":"${nsg}","operationName":"NetworkSecurityGroupFlowEvents","properties":{"Version":2,"flows":${flows}}}`
}

/** Records of `minutes` minutes of an hour. */
export function testRecords(log: TestLog, dice: Dice, hour: number, minutes: readonly number[]): string[] {
  return minutes.map((minute) => testRecord(log, dice, Math.min(hour + minute * MINUTE, hour + HOUR - 1), 1 + dice.below(4)))
}
