/** The text of a picture, so that it can be understood on its own. */
export interface Caption {
  /** The metric. */
  title: string
  /** The range with its zone. */
  range: string
  /** The filter and logs. */
  subject: string
  /** Each kind of bar with its sum; `look` is the token of its colour. */
  legend: { look: 'deny' | 'noise' | 'allow'; text: string }[]
  /** The coverage. */
  basis: string
}
