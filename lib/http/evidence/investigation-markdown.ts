import type { ExportedInvestigation } from '@/lib/flow/answer/evidence/investigation'
import { visible } from '@/lib/flow/text/visible'

type ExportedLink = ExportedInvestigation['links'][number]

const VERDICTS: Record<NonNullable<ExportedLink['verdict']>, string> = {
  same: 'same data as when the link was made',
  grown: 'blobs have grown since the link was made; the answer is unchanged',
  changed: 'changed or missing data since the link was made',
  unknown: 'could not be verified',
}

/** Escapes text for Markdown (CommonMark 0.31), on one line. A `+` is special only at the start of a line. */
function plain(text: string): string {
  return visible(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]()<>#!|~&]/g, (mark) => `\\${mark}`)
}

/** Quotes people's own lines, so that they cannot be mistaken for a part of the document. */
function quoted(text: string): string[] {
  const lines = text.trim().split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
  return lines.map((line) => `> ${plain(line.trim()).replace(/^(\d*)([-+=.)])/, '$1\\$2')}`.trimEnd())
}

/** Writes an address between angle brackets, with every other than printable ASCII character escaped. */
function address(href: string): string {
  return `<${href.toWellFormed().replaceAll(/[^!-~]|[<>\\]/gu, encodeURIComponent)}>`
}

/** Writes a code span with the text on one line. */
function code(given: string): string {
  const text = visible(given).replaceAll(/\s+/g, ' ')
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`
}

function linkLines(link: ExportedLink, index: number): string[] {
  const { label, href, proof, view, figures, verdict, problem, added } = link
  const facts = [
    `Link: ${address(href)}`,
    ...(view === null ? [] : [`Range: ${view.from} to ${view.to}, as of ${view.asof ?? 'now'}`]),
    ...(view === null || view.q === '' ? [] : [`Filter: ${code(view.q)}`]),
    ...(figures === null ? [] : [`Rows: ${figures.rows} (${figures.allow} allowed, ${figures.deny} denied)`]),
    ...(proof === null ? ['Proof: none, so a change of the data cannot be detected'] : [`Proof: ${code(proof)}`]),
    ...(verdict === null ? [] : [`Verdict: ${VERDICTS[verdict]}`]),
    ...(problem === null ? [] : [`Problem: ${plain(problem)}`]),
    `Added: ${added}`,
  ]
  return [`## ${index + 1}. ${plain(label)}`, '', ...facts.map((fact) => `- ${fact}`), '']
}

const CONFIRM = [
  '## How to confirm',
  '',
  'Open a link: the page says whether it still rests on the same data, and names the blobs that changed. `GET /api/evidence` with the keys of the link says the same as JSON.',
  '',
  'The basis of a proof is saved in the data directory as `evidence/PROOF.json`: every blob with its ETag, its rows and two sums over them. The proof is the beginning',
  '(32 digits) of the SHA-256 over JSON lines, each ended by a line feed: first `["flowlens-basis-1",from,to,asof,logs]` of its `view`, then for each of its `blobs`, sorted as',
  'text, `[container,name,rows,sum,sum]`. With `jq` 1.6 and `sha256sum`:',
  '',
  '    (jq -c \'["flowlens-basis-1",.view.from,.view.to,.view.asof,(.view.logs|sort)]\' PROOF.json',
  "     jq -c '.blobs[]|[.container,.name,.rows]+.sums' PROOF.json | LC_ALL=C sort) | sha256sum | cut -c1-32",
  '',
]

/** Returns the investigation as Markdown: note, links, their answers at export, and instructions to confirm them. */
export function toMarkdown(investigation: ExportedInvestigation): string {
  const { title, note, links, exported, made, changed } = investigation
  const head = [
    `# ${plain(title)}`,
    '',
    `Investigation ${address(investigation.address)}, made ${made}, changed ${changed}, exported ${exported}.`,
    '',
  ]
  const body = note.trim() === '' ? [] : [...quoted(note), '']
  return [...head, ...body, ...links.flatMap(linkLines), ...CONFIRM].join('\n')
}
