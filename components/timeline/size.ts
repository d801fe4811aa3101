/** Room of the chart and of what stands around its plot, pixels. The brush lies exactly over the plot. */
export const CHART = { height: 220, top: 10, right: 10, bottom: 26, left: 64 } as const
