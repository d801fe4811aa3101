import 'server-only'
import type { ExportFormat } from '@/lib/flow/field/export'

const COUNT_ROWS: Readonly<Record<ExportFormat, string>> = {
  csv: `The first line of \`rows.csv\` names the columns, so it has one line more than rows:

    test "$(wc -l < rows.csv)" -eq "$(jq .file.lines manifest.json)" && echo agrees
    jq '.file.rows + 1 == .file.lines' manifest.json

(A name with a line break in it would add lines; then the second is false, and a CSV reader has to count.)`,
  ndjson: `\`rows.ndjson\` has one row a line:

    test "$(wc -l < rows.ndjson)" -eq "$(jq .file.rows manifest.json)" && echo agrees`,
  parquet: `Any Parquet reader tells the number of rows in \`rows.parquet\`, which is \`.file.rows\`, for example:

    duckdb -c "select count(*) from 'rows.parquet'"
    jq .file.rows manifest.json`,
}

/** Returns instructions to confirm every figure of an exported folder with `sha256sum`, `wc`, `jq` and the blobs. */
export function folderReadme(format: ExportFormat): string {
  return `# An export of flow logs

\`rows.${format}\` holds every row of one view of Azure flow logs, \`manifest.json\` says what they rest on: the view (\`.view\`, \`.link\`), what was
missing or refused (\`.coverage\`), and of every blob its name, version (\`etag\`), the bytes that were read of it and their SHA-256.
Nothing but \`sha256sum\`, \`wc\`, \`jq\` and the blobs is needed to confirm it.

## 1. The files are as they were made

    sha256sum -c SHA256SUMS

## 2. The rows are all there

${COUNT_ROWS[format]}

Each of them lies in one of the blobs, so these are the same number three times:

    jq '[.file.rows, .total.rows, ([.blobs[].rowsInView] | add // 0)]' manifest.json

What was read of the blobs in all, and what was refused there, with the reason:

    jq '[.blobs[] | {name, rows, records, rejected}]' manifest.json

## 3. The blobs are what was counted

\`EVIDENCE\` is a folder with the blobs under the names of the manifest, a folder for each container. The bytes from the first to
\`length\` of each were read, in pieces that join without gaps:

    jq '[.blobs[] | [0, .pieces[].to] == [.pieces[].from, .length]] | all' manifest.json

    EVIDENCE=/path/to/blobs
    jq -r '.blobs[] | ([.container, .name] - [""] | join("/")) as $path | .pieces[] | [.sha256, .from, .to, $path] | @tsv' manifest.json |
      while IFS="$(printf '\\t')" read -r sum from to path; do
        found=$(tail -c +$((from + 1)) "$EVIDENCE/$path" | head -c $((to - from)) | sha256sum)
        test "\${found%% *}" = "$sum" && echo "$path: $from to $to agrees" || echo "$path: $from to $to DIFFERS"
      done

A blob of one piece is shorter to check: \`head -c LENGTH BLOB | sha256sum\`. Where the manifest was made with \`hash=1\`, that sum stands in
\`sha256\` for every blob, and \`now\` says what the blob was at that time: the same, grown since (its first \`length\` bytes are the same), changed,
or gone. All of this is about plain bytes: where \`stored\` is not null, the blob holds them packed, and \`stored.sha256\` is the sum of that object (of the
archive, where the name leads into one). Unpack it first: \`gzip -dc\`, \`iconv -f UTF-16 -t UTF-8\`, \`unzip -p ARCHIVE PATH\`, \`tar -xOf ARCHIVE PATH\`.

## 4. A row is what is written

\`blob\`, \`etag\` and \`offset\` of a row (in ECS \`log.file.path\`, \`labels.etag\`, \`log.offset\`; in ASIM under \`AdditionalFields\`, in events for Splunk under \`event\`) lead to its bytes;
the tuple ends at the next quotation mark:

    tail -c +$((OFFSET + 1)) "$EVIDENCE/BLOB" | head -c 1024 | cut -d '"' -f 1 | head -n 1
`
}
