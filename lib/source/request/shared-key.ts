import type { StorageSharedKeyCredential } from '@azure/storage-blob'
import type { Authorize } from './get'

/** Headers that are signed by their place in the text (learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key). */
const BY_PLACE = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'if-modified-since',
  'if-match',
  'if-none-match',
  'if-unmodified-since',
  'range',
] as const

/** Signs a GET without a query with an account's key. */
export function sharedKey(credential: StorageSharedKeyCredential): Authorize {
  return (path, headers) => {
    const date = new Date().toUTCString()
    const all: Record<string, string> = { ...headers, 'x-ms-date': date }
    const named = Object.keys(all)
      .filter((name) => name.startsWith('x-ms-'))
      .sort()
      .map((name) => `${name}:${all[name]}\n`)
    const text = ['GET', ...BY_PLACE.map((name) => all[name] ?? ''), ''].join('\n') + named.join('')
    const signature = credential.computeHMACSHA256(`${text}/${credential.accountName}${path}`)
    return { 'x-ms-date': date, authorization: `SharedKey ${credential.accountName}:${signature}` }
  }
}
