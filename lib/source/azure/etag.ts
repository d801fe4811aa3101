/** Returns an ETag with quotes, as RFC 9110 8.8.3 requires: listings give it without quotes, headers with them. */
export function quoted(etag: string): string {
  return /^(W\/)?"/.test(etag) ? etag : `"${etag}"`
}
