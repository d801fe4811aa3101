/** Whose data may answer: ids of sources, or null for all of them. */
export interface Scope {
  sources: readonly string[] | null
}
