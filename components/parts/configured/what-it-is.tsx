/** What the product is, and its two units, for who sees it for the first time. */
export function WhatItIs({ className }: { className: string }) {
  return (
    <p className={className}>
      Flowlens reads the flow logs of Azure. A tuple is one row of them: a flow that begins, goes on or ends, or a denial. A flow is one
      connection from its beginning to its end.
    </p>
  )
}
