/** An ETag as RFC 9110 8.8.3 writes it: listings give it without quotes, headers with them. */
export function quoted(etag: string): string {
  return /^(W\/)?"/.test(etag) ? etag : `"${etag}"`
}
