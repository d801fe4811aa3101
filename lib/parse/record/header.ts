import type { RecordReason } from '@/lib/flow/reading/reasons'
import * as keys from '@/lib/parse/json/keys'
import type { Name } from '@/lib/parse/json/names'
import { parseRecordTime } from './record-time'
import { LONG_NAME, normaliseMac, type ValueReader } from './values'

// Copies, because some bundlers turn an imported binding into a getter, and these are read for every key.
const { TIME, FLOW_LOG_VERSION, CATEGORY, MAC_ADDRESS, RESOURCE_ID } = keys
const NSG_CATEGORY = 'NetworkSecurityGroupFlowEvent'
const VNET_CATEGORY = 'FlowLogFlowEvent'

/** True for a whole number from `first` on: a version newer than all known ones is read as the newest known one. */
export function isKnownOrNewer(version: number, first: number): boolean {
  return Number.isSafeInteger(version) && version >= first
}

/** The values of a header except its time. */
export interface HeaderFacts {
  readonly isNsg: boolean
  readonly version: number
  readonly macName: Name | null
  readonly resourceId: Name | null
  readonly flowLogResourceId: Name | null
  /** Upper-case hex digits. */
  readonly mac: string
}

/** The values that a record gives beside its flows. If a key occurs twice, the last value counts. */
export class Header {
  categorySeen = false
  time: number | null = null
  resourceId: Name | null = null
  flowLogResourceId: Name | null = null
  isNsg = false
  isVnet = false
  private macName: Name | null = null
  private version = Number.NaN

  constructor(private readonly values: ValueReader) {}

  begin(): void {
    this.categorySeen = false
    this.isNsg = false
    this.isVnet = false
    this.time = null
    this.macName = null
    this.resourceId = null
    this.flowLogResourceId = null
    this.version = Number.NaN
  }

  /** The values of a complete header. */
  get facts(): HeaderFacts {
    const { isNsg, version, macName, resourceId, flowLogResourceId, mac } = this
    return { isNsg, version, macName, resourceId, flowLogResourceId, mac }
  }

  /** Takes the values of a complete header. */
  adopt({ isNsg, version, macName, resourceId, flowLogResourceId }: HeaderFacts): void {
    this.categorySeen = true
    this.isNsg = isNsg
    this.isVnet = !isNsg
    this.version = version
    this.macName = macName
    this.resourceId = resourceId
    this.flowLogResourceId = flowLogResourceId
  }

  static has(key: number): boolean {
    return key >= TIME && key <= FLOW_LOG_VERSION
  }

  /** Reads the value of one of the header's keys; false if it is not JSON. */
  take(key: number): boolean {
    if (key === FLOW_LOG_VERSION) {
      const version = this.values.version(2)
      if (version === undefined) return false
      this.version = version
      return true
    }
    if (key === TIME) {
      const text = this.values.text(2)
      if (text === undefined) return false
      this.time = text === null ? null : parseRecordTime(text)
      return true
    }
    const name = this.values.name(2)
    if (name === undefined) return false
    if (key === CATEGORY) {
      this.categorySeen = true
      this.isNsg = name?.text === NSG_CATEGORY
      this.isVnet = name?.text === VNET_CATEGORY
    } else if (key === MAC_ADDRESS) this.macName = name
    else if (key === RESOURCE_ID) this.resourceId = name
    else this.flowLogResourceId = name
    return true
  }

  /** Upper-case hex digits, or empty. */
  get mac(): string {
    return this.macName === null ? '' : normaliseMac(this.macName.text)
  }

  /** The resource id that identifies the flow log. */
  get resource(): Name | null {
    return this.isNsg ? this.resourceId : this.flowLogResourceId
  }

  /** Returns why the record must be rejected, as far as the keys read so far show, or null. */
  fault(): RecordReason | null {
    if (!this.isNsg && !this.isVnet) return 'category'
    if (this.time === null) return 'time'
    if (this.isVnet && !isKnownOrNewer(this.version, 3)) return 'version'
    if (this.macName === LONG_NAME || this.resource === LONG_NAME) return 'too-long'
    return null
  }

  /** True if its layout has a version newer than all known ones. */
  get isNewer(): boolean {
    return this.isVnet && this.version > 4
  }

  /** True if nothing is missing, so flows can be read at once. */
  get complete(): boolean {
    return this.resource !== null && this.mac !== '' && this.fault() === null
  }
}
