/** Most findings of one kind; more would be a question of its own. */
export const MOST = 10_000
