/** The first page: how much, when, who, and by which rule. */
export function Overview() {
  return <div className="p-4" />
}
