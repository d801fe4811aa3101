import type { Random } from './random'

const ADDRESSES = ['10.0.0.4', '203.0.113.77', '255.255.255.255', '0.0.0.0', '192.168.1.1']
const ODD_ADDRESSES = [
  '2001:db8::1',
  '[2001:DB8:0:0::5]',
  '::ffff:10.0.0.4',
  'fe80::1%eth0',
  '::',
  '1:2:3:4:5:6:7::',
  '::2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7:8',
  '1:2:3:4:5:6:7:8::',
  ':1',
  '1:',
  '12345::',
  'ABCD:ef::0',
  '::1.2.3.4',
  '10.0.0.04',
  '256.1.1.1',
  '1.2.3',
  '',
  '2001:db8::1::2',
]
const ENCRYPTIONS = ['NX', 'NX', 'NX', 'X', 'NX_HW_NOT_SUPPORTED', 'NX_SW_NOT_READY', 'NX_FALLBACK', 'NX_ALL', '']
const COUNTERS = [
  '0',
  '1',
  '74',
  '588096',
  '999999999',
  '1000000000',
  '9007199254740991',
  '9007199254740992',
  '',
  '007',
  '-1',
  '1.5',
  '1e3',
]
const RULES = [
  'DefaultRule_DenyAllInBound',
  'UserRule_Allow,Web',
  'UserRule_\u00fc\u{1f600}',
  'UnspecifiedPlatformRule',
  'unspecified',
  '',
  '\ufeffrule',
]
const STAMPS = [
  '2024-08-19T18:00:06.8944384Z',
  '2024-08-19T18:01:06Z',
  '2024-02-29T23:59:59.9Z',
  '2024-08-19T20:00:00+02:00',
  '2024-02-30T00:00:00Z',
  'soon',
]
const NSG_ID = '/SUBSCRIPTIONS/1/RESOURCEGROUPS/RG/PROVIDERS/MICROSOFT.NETWORK/NETWORKSECURITYGROUPS/WEB'
const LOG_ID = '/SUBSCRIPTIONS/1/RESOURCEGROUPS/NW/PROVIDERS/MICROSOFT.NETWORK/NETWORKWATCHERS/NETWORKWATCHER_X/FLOWLOGS/LOG'

/** JSON text whose objects keep the order and repetition of their members. */
type Members = [key: string, value: string][]

/**
 * Writes blobs with and without deviations from Azure's form. Every choice comes from the seed; `oddity` (0 to 1) is the share of odd choices, `most` the
 * largest number of records.
 */
export class BlobWriter {
  private readonly space: string

  constructor(
    private readonly random: Random,
    private readonly oddity: number,
    private readonly most = 3,
  ) {
    this.space = this.odd(0.3) ? random.pick([' ', '\n  ', '\r\n\t']) : ''
  }

  private odd(share = 0.1): boolean {
    return this.random.chance(this.oddity * share)
  }

  private text(value: string): string {
    if (!this.odd()) return JSON.stringify(value)
    const unit = (c: string) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
    return `"${[...JSON.stringify(value).slice(1, -1)].map((c) => (/[\w,.]/.test(c) && this.odd(3) ? unit(c) : c)).join('')}"`.replace(
      /\\\\u/g,
      '\\u005cu',
    )
  }

  private list(items: string[]): string {
    const list = `[${this.space}${items.join(`${this.space},`)}${this.space}]`
    if (!this.odd(0.05)) return list
    return this.random.pick([
      `{"value":${list},"Count":${items.length}}`,
      `{"Count":1,"VALUE":[null],"value":${list}}`,
      `{"value":"${items.length}"}`,
    ])
  }

  /** Writes an object below a record, sometimes as text in a string. */
  private flows(object: string): string {
    return this.odd(0.05) ? JSON.stringify(object) : object
  }

  /** Wraps a record as a log shipper would. */
  private shipped(record: string): string {
    const text = JSON.stringify(record)
    return this.random.pick([
      text,
      JSON.stringify(text),
      `{"event":${record},"host":"a"}`,
      `{"@timestamp":"2024-08-19T18:00:06Z","message":${text}}`,
      `{"message":${JSON.stringify(text)}}`,
      `{"_raw":${JSON.stringify(`{"event":${text}}`)},"source":"b"}`,
      `{"value":[${record},${text}],"Count":2}`,
      `{"data":[${text}]}`,
      `{"records":${record}}`,
      `{"records":${JSON.stringify(`[${record}]`)}}`,
    ])
  }

  private object(members: Members): string {
    let order = this.odd(0.5) ? this.random.shuffle(members) : members
    if (this.odd(0.3) && order.length > 0) order = [...order, this.random.pick(order)]
    if (this.odd(0.3)) order = order.filter(() => !this.random.chance(0.15))
    const key = (name: string) => this.text(this.odd(0.3) ? this.random.pick([name.toLowerCase(), name.toUpperCase()]) : name)
    return `{${this.space}${order.map(([name, value]) => `${key(name)}:${this.space}${value}`).join(`,${this.space}`)}${this.space}}`
  }

  private address(): string {
    return this.random.pick(this.odd(0.6) ? ODD_ADDRESSES : ADDRESSES)
  }

  private port(): string {
    return this.odd(0.3) ? this.random.pick(['65536', '', '00080', '-1', '99999', '0']) : String(this.random.below(65536))
  }

  private tuple(vnet: boolean, version: number): string {
    const { random } = this
    if (this.odd(0.2)) return random.pick(['', ',', '17', 'x'.repeat(1025), '0,'.repeat(12)])
    const stamp = 1724090346 + random.below(60)
    const seconds = this.odd() ? !vnet : vnet
    const time = this.odd(0.2)
      ? random.pick(['', '0', '99999999999', '100000000000', '0001724090346', '0099999999999', '1724090346.5', '9999999999999999'])
      : `${stamp}${seconds ? '123' : ''}`
    const state = this.odd(0.3) ? random.pick(['F', '', 'b', 'D']) : random.pick(vnet ? ['B', 'C', 'E', 'D'] : ['B', 'C', 'E'])
    const proto = this.odd(0.3)
      ? random.pick(['1', '255', '256', 'T', '', 'I', '006'])
      : vnet
        ? random.pick(['6', '17'])
        : random.pick(['T', 'U'])
    const direction = this.odd(0.2) ? random.pick(['', 'i', 'X']) : random.pick(['I', 'O'])
    const decision = this.odd(0.2) ? random.pick(['', 'B', 'a']) : random.pick(['A', 'D'])
    const head = [time, this.address(), this.address(), this.port(), this.port(), proto, direction]
    if (!vnet && version === 1) return [...head, decision, ...(this.odd(0.3) ? [state] : [])].join()
    const quiet = state === 'B' || state === 'D'
    const counters = [0, 1, 2, 3].map(() =>
      this.odd(0.5) ? random.pick(COUNTERS) : quiet ? (vnet ? '0' : '') : String(random.below(100_000)),
    )
    const width = this.odd(0.3) ? random.below(6) : 4
    const tail = [...counters, '5', '6'].slice(0, width)
    return [...head, ...(vnet ? [state, random.pick(this.odd() ? ENCRYPTIONS : ['NX'])] : [decision, state]), ...tail].join()
  }

  private tuples(vnet: boolean, version: number): string {
    const items = Array.from({ length: this.random.chance(0.1) ? 0 : 1 + this.random.below(3) }, () =>
      this.odd(0.2) ? this.random.pick(['null', '5', '[]', '{"a":[1]}', 'true']) : this.text(this.tuple(vnet, version)),
    )
    return this.list(items)
  }

  private some(make: () => string): string {
    return this.odd(0.1)
      ? this.random.pick(['null', '{}', '[]', '"x"', '[5]'])
      : this.list(Array.from({ length: this.random.chance(0.1) ? 0 : 1 + this.random.below(2) }, make))
  }

  record(): string {
    const { random } = this
    const vnet = random.chance(0.5)
    const version = vnet ? 4 : random.pick([1, 2, 2])
    const written = this.odd(0.3) ? random.pick(['2.0', '"2"', '1e0', '3', '"x"', 'null', '0', '4', '"4"']) : String(version)
    const mac = this.odd(0.3) ? random.pick(['', '00-22-48-ab-cd-ef', 'none', '00:22:48:26:6d:b9']) : '002248266DB9'
    const rule = () => this.text(this.odd(0.3) ? random.pick(RULES) : 'UserRule_a')
    const head: Members = [
      ['time', this.text(this.odd(0.4) ? random.pick(STAMPS) : STAMPS[0]!)],
      ['macAddress', this.text(mac)],
      ['category', this.text(this.odd(0.1) ? 'ApplicationGatewayAccessLog' : vnet ? 'FlowLogFlowEvent' : 'NetworkSecurityGroupFlowEvent')],
      [vnet ? 'flowLogResourceID' : 'resourceId', this.text(vnet ? LOG_ID : NSG_ID)],
    ]
    if (this.odd(0.2)) head.push(['other', '{"a":[{"b":null},[1,2.5e-3,-0]],"c":"\\"}"}'])
    if (vnet) {
      const group = () =>
        this.object([
          ['rule', rule()],
          ['flowTuples', this.tuples(true, 4)],
        ])
      const acl = () =>
        this.object([
          ['aclID', this.text(NSG_ID.toLowerCase())],
          ['flowGroups', this.some(group)],
        ])
      return this.object([...head, ['flowLogVersion', written], ['flowRecords', this.flows(this.object([['flows', this.some(acl)]]))]])
    }
    const card = () =>
      this.object([
        ['mac', this.text('0022-48266DB0')],
        ['flowTuples', this.tuples(false, version)],
      ])
    const flow = () =>
      this.object([
        ['rule', rule()],
        ['flows', this.some(card)],
      ])
    return this.object([
      ...head,
      [
        'properties',
        this.flows(
          this.object([
            ['Version', written],
            ['flows', this.some(flow)],
          ]),
        ),
      ],
    ])
  }

  blob(): Buffer {
    const { random } = this
    const records = Array.from({ length: random.chance(0.05) ? 0 : 1 + random.below(this.most) }, () =>
      this.odd(0.1) ? this.shipped(this.record()) : this.record(),
    )
    const joined = records.join(`,${this.space}`)
    const wrapped = `{"records":[${this.space}${joined}${this.space}]}`
    const shapes = [
      joined,
      records.join('\r\n'),
      `[${joined}]`,
      `,${joined}`,
      `{"records":[,${joined}`,
      `\ufeff${wrapped}`,
      `{"records":[${wrapped},${joined}]}`,
      `{"count":3,"meta":{"a":[]},"records":[${joined}],"next":null,"more":{"b":"}"}}`,
      `${wrapped}${wrapped}`,
      `${wrapped}\n\ufeff${wrapped}`,
      `rubbish${joined}more "rubbish" ]`,
      `{"records":[${joined}],"records":[${joined}]}`,
      `[${records.map((record) => JSON.stringify(record)).join()}]`,
      records.map((record) => this.shipped(record)).join('\n'),
      joined.slice(random.below(joined.length + 1)),
    ]
    return Buffer.from(this.odd(0.6) ? random.pick(shapes) : wrapped)
  }
}
