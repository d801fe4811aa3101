import * as K from './keys'
import type { Name } from './names'
import { parseRecordTime } from './record-time'
import type { RecordReason } from './rejections'
import { LONG_NAME, normaliseMac, type Values } from './values'

const NSG_CATEGORY = 'NetworkSecurityGroupFlowEvent'
const VNET_CATEGORY = 'FlowLogFlowEvent'

/** What a record says about itself beside its flows. Of a key that is there twice the last one counts. */
export class Header {
  categorySeen = false
  time: number | null = null
  resourceId: Name | null = null
  flowLogResourceId: Name | null = null
  private category: Name | null = null
  private macName: Name | null = null
  private version = Number.NaN

  constructor(private readonly values: Values) {}

  begin(): void {
    this.categorySeen = false
    this.category = null
    this.time = null
    this.macName = null
    this.resourceId = null
    this.flowLogResourceId = null
    this.version = Number.NaN
  }

  static has(key: number): boolean {
    return key >= K.TIME && key <= K.FLOW_LOG_VERSION
  }

  /** Takes the value of one of the header's keys; false when it is no JSON. */
  take(key: number): boolean {
    if (key === K.FLOW_LOG_VERSION) {
      const version = this.values.version(2)
      if (version === undefined) return false
      this.version = version
      return true
    }
    if (key === K.TIME) {
      const text = this.values.text(2)
      if (text === undefined) return false
      this.time = text === null ? null : parseRecordTime(text)
      return true
    }
    const name = this.values.name(2)
    if (name === undefined) return false
    if (key === K.CATEGORY) {
      this.categorySeen = true
      this.category = name
    } else if (key === K.MAC_ADDRESS) this.macName = name
    else if (key === K.RESOURCE_ID) this.resourceId = name
    else this.flowLogResourceId = name
    return true
  }

  get isNsg(): boolean {
    return this.category?.text === NSG_CATEGORY
  }

  get isVnet(): boolean {
    return this.category?.text === VNET_CATEGORY
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
    if (this.isVnet && this.version !== 3 && this.version !== 4) return 'version'
    if (this.macName === LONG_NAME || this.resource === LONG_NAME) return 'too-long'
    return null
  }

  /** Nothing is missing, so flows can be read at once. */
  get complete(): boolean {
    return this.resource !== null && this.mac !== '' && this.fault() === null
  }
}
