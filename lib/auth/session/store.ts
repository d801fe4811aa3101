/** A stored value, and when it was last touched. Epoch milliseconds. */
export interface StoredValue {
  value: string
  touched: number
}

/** Storage for sessions. Values are sealed; names are not secret. */
export interface SessionStore {
  read(name: string): Promise<StoredValue | null>
  write(name: string, value: string, now: number): Promise<void>
  /** Does not restore a value that was removed. */
  touch(name: string, now: number): Promise<void>
  remove(name: string): Promise<void>
}
