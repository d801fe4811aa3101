import type { RecordReason } from '@/lib/flow/reading/reasons'
import * as keys from '@/lib/parse/json/keys'
import type { Name } from '@/lib/parse/json/names'
import { parseRecordTime } from './record-time'
import { LONG_NAME, normaliseMac, type Values } from './values'

// Copies, because some bundlers turn an imported binding into a getter, and these are read for every key.
const { TIME, FLOW_LOG_VERSION, CATEGORY, MAC_ADDRESS, RESOURCE_ID } = keys
const NSG_CATEGORY = 'NetworkSecurityGroupFlowEvent'
const VNET_CATEGORY = 'FlowLogFlowEvent'

/** A whole number from `first` on: a version that is newer than those that are known is read as the newest of them. */
export function isKnownOrNewer(version: number, first: number): boolean {
  return Number.isSafeInteger(version) && version >= first
}

/** What a record says about itself beside its flows. Of a key that is there twice the last one counts. */
export class Header {
  categorySeen = false
  time: number | null = null
  resourceId: Name | null = null
  flowLogResourceId: Name | null = null
  isNsg = false
  isVnet = false
  private macName: Name | null = null
  private version = Number.NaN

  constructor(private readonly values: Values) {}

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

  static has(key: number): boolean {
    return key >= TIME && key <= FLOW_LOG_VERSION
  }

  /** Takes the value of one of the header's keys; false when it is no JSON. */
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

  /** The resource id that tells the flow log. */
  get resource(): Name | null {
    return this.isNsg ? this.resourceId : this.flowLogResourceId
  }

  /** Why the record must be refused, as far as the keys taken tell. */
  fault(): RecordReason | null {
    if (!this.isNsg && !this.isVnet) return 'category'
    if (this.time === null) return 'time'
    if (this.isVnet && !isKnownOrNewer(this.version, 3)) return 'version'
    if (this.macName === LONG_NAME || this.resource === LONG_NAME) return 'too-long'
    return null
  }

  /** Its layout is of a version that is not known yet. */
  get isNewer(): boolean {
    return this.isVnet && this.version > 4
  }

  /** Nothing is missing, so flows can be read at once. */
  get complete(): boolean {
    return this.resource !== null && this.mac !== '' && this.fault() === null
  }
}
