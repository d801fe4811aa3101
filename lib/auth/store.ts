/** A value of the store, and when it was last touched, in epoch milliseconds. */
export interface Stored {
  value: string
  touched: number
}

/** Where sessions are kept. Values come sealed; names are no secrets. */
export interface Store {
  read(name: string): Promise<Stored | null>
  write(name: string, value: string, now: number): Promise<void>
  /** Brings nothing back that was removed. */
  touch(name: string, now: number): Promise<void>
  remove(name: string): Promise<void>
}
