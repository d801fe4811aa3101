/** Maximum number of findings of one kind. */
export const MOST = 10_000
