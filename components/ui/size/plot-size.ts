/** Size of the chart and of the margins around its plot, pixels. The brush lies exactly over the plot. */
export interface ChartSize {
  height: number
  top: number
  right: number
  bottom: number
  left: number
}

export const FULL: ChartSize = { height: 220, top: 10, right: 10, bottom: 26, left: 64 }
/** Above a list: no room for the scale of values. */
export const SLIM: ChartSize = { height: 72, top: 4, right: 0, bottom: 20, left: 0 }
