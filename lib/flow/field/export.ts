export const EXPORT_FORMATS = ['csv', 'ndjson', 'parquet'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** Schemas of an NDJSON row: `tuple` is the API's own, the others are those of SIEMs (lib/http/export/schema). */
export const EXPORT_SCHEMAS = ['tuple', 'ecs', 'asim', 'cim'] as const
export type ExportSchema = (typeof EXPORT_SCHEMAS)[number]

/** Envelope of a `cim` row: none, or an event of Splunk's HTTP Event Collector. */
export const EXPORT_ENVELOPES = ['none', 'hec'] as const
export type ExportEnvelope = (typeof EXPORT_ENVELOPES)[number]
