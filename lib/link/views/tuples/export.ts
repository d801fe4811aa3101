import { EXPORT_ENVELOPES, EXPORT_FORMATS, EXPORT_SCHEMAS } from '@/lib/flow/field/export'
import { EXPORT_COLUMNS, isExportColumn } from '@/lib/flow/field/fields'
import { namesKey } from '@/lib/link/keys/field-keys'
import { flagKey, wordKey } from '@/lib/link/keys/key'
import { contextKey, hashKey, perKey, waitKey } from '@/lib/link/keys/keys'
import type { ViewRecord } from '@/lib/link/views/record'

/** Answers with a file. */
export const exportView = {
  route: {
    path: 'export',
    keys: {
      per: perKey,
      format: wordKey('file format', EXPORT_FORMATS, 'csv'),
      schema: wordKey('schema of NDJSON rows', EXPORT_SCHEMAS, 'tuple'),
      envelope: wordKey('what each row of schema=cim is sent in', EXPORT_ENVELOPES, 'none'),
      cols: namesKey({
        about: 'columns of the file, with commas; all of them when none is named',
        all: EXPORT_COLUMNS,
        isKnown: isExportColumn,
      }),
      context: contextKey,
      folder: flagKey('1 for a folder (tar) with the rows, their manifest and checksums'),
      hash: hashKey,
      wait: waitKey,
    },
  },
} as const satisfies ViewRecord
