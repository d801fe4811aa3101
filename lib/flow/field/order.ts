/** A column to sort a table by. */
export interface Order<Column extends string> {
  column: Column
  descending: boolean
}
