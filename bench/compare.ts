import type { Fact, FiveAnswers, FourAnswers } from './answers'

type Name = keyof FiveAnswers
type Answers = FourAnswers | FiveAnswers

/** If a limit cuts an answer off, engines may show any of the rows with equal rank; only this value of such rows is compared. */
const CUT: Partial<Record<Name, string>> = { talkers: 'tuples', tuples: 'time', scans: 'attempts' }

function settled(rows: readonly Fact[], by: string | undefined): Fact[] {
  if (by === undefined) return [...rows]
  const least = Math.min(...rows.map((row) => Number(row[by])))
  return rows.map((row): Fact => (row[by] === least ? { [by]: least } : row))
}

function line(fact: Fact): string {
  return JSON.stringify(Object.entries(fact).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function linesOf(answers: Answers, name: Name): string[] {
  const value = (answers as FiveAnswers)[name]
  if (typeof value === 'number') return [String(value)]
  return (Array.isArray(value) ? settled(value, CUT[name]) : [value]).map(line).sort()
}

/** @throws Error that names the first answer that differs, and one of its rows from both engines. */
export function mustAgree(about: string, ours: Answers, theirs: Answers, peer: string): void {
  for (const name of Object.keys(theirs) as Name[]) {
    const [a, b] = [linesOf(ours, name), linesOf(theirs, name)]
    const at = a.findIndex((text, i) => text !== b[i])
    if (at < 0 && a.length === b.length) continue
    const differs = at < 0 ? a.length : at
    throw new Error(
      `${about}: ${name} differ (${a.length} rows and ${b.length})\n    Flowlens: ${a[differs] ?? 'nothing'}\n    ${peer}: ${b[differs] ?? 'nothing'}`,
    )
  }
}
