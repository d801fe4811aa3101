const NSG = '/SUBSCRIPTIONS/S/RESOURCEGROUPS/G/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB'
export const SCOPE = `resourceId=${NSG}`
export const MAC = '0022482BDA3C'

/** One NSG v2 record, flushed at `time` (epoch milliseconds), with `count` tuples of the minute before. */
export function record(time: number, count: number, salt = 0): string {
  const tuples = Array.from({ length: count }, (_, i) => {
    const second = Math.floor(time / 1000) - 60 + (i % 58)
    return `"${second},10.0.0.${(i + salt) % 250},198.51.100.${i % 200},${1024 + (i % 60000)},443,T,O,A,E,${i % 9},${i * 7},${i % 5},${i * 3}"`
  })
  return `{"time":"${new Date(time).toISOString().replace('Z', '0000Z')}","systemId":"x","macAddress":"${MAC}","category":"NetworkSecurityGroupFlowEvent","resourceId":"${NSG}","operationName":"NetworkSecurityGroupFlowEvents","properties":{"Version":2,"flows":[{"rule":"UserRule_Out","flows":[{"mac":"${MAC}","flowTuples":[${tuples.join(',')}]}]}]}}`
}

/** A blob as Azure commits it: records in a `records` array. */
export function blobOf(records: readonly string[]): string {
  return `{"records":[${records.join(',')}]}`
}
