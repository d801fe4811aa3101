import { expect, it } from 'vitest'
import { communityId } from './community-id'

/** From https://github.com/corelight/community-id-spec/tree/master/baseline, seed 0. */
const PUBLISHED: [number, string, number, string, number, string][] = [
  [6, '128.232.110.120', 34855, '66.35.250.204', 80, '1:LQU9qZlK+B5F3KDmev6m5PMibrg='],
  [17, '192.168.1.52', 54585, '8.8.8.8', 53, '1:d/FP5EW3wiY1vCndhwleRRKHowQ='],
  [132, '192.168.170.8', 7, '192.168.170.56', 7, '1:MP2EtRCAUIZvTw6MxJHLV7N7JDs='],
  [6, '2001:470:e5bf:dead:4957:2174:e82c:4887', 63943, '2607:f8b0:400c:c03::1a', 25, '1:/qFaeAR+gFe1KYjMzVDsMv+wgU4='],
  [46, '10.1.12.1', 0, '10.1.12.2', 0, '1:KHlLkgoJW7ifUTyTSgyVfkFHzKw='],
]

it.each(PUBLISHED)('of protocol %i %s:%i %s:%i is %s, in both directions', (proto, src, sport, dst, dport, id) => {
  expect(communityId(proto, src, sport, dst, dport)).toBe(id)
  expect(communityId(proto, dst, dport, src, sport)).toBe(id)
})

it('is ordered by the ports if the addresses are equal', () => {
  expect(communityId(6, '10.0.0.1', 1, '10.0.0.1', 2)).toBe(communityId(6, '10.0.0.1', 2, '10.0.0.1', 1))
  expect(communityId(6, '10.0.0.1', 1, '10.0.0.1', 2)).not.toBe(communityId(6, '10.0.0.1', 1, '10.0.0.1', 3))
})

it('is null if type and code of ICMP would be needed', () => {
  expect(communityId(1, '10.0.0.1', 8, '10.0.0.2', 0)).toBeNull()
  expect(communityId(58, 'fe80::1', 135, 'fe80::2', 136)).toBeNull()
})
