import { faultOf, newSubjects } from './commits/subjects'
import { runQuietly } from './process/child'
import { runMain } from './process/run-main'

/** Returns the output of git, or null if it is missing, fails, or this is not a repository. */
async function git(...args: string[]): Promise<string | null> {
  try {
    const { code, output } = await runQuietly('git', args)
    return code === 0 ? output : null
  } catch {
    return null
  }
}

async function main(): Promise<void> {
  const subjects = await newSubjects(git, process.env.CI === 'true')
  if (subjects.length === 0) return console.log('Checked no commit subjects: none is known to be new')
  const faults = subjects.flatMap((subject) => {
    const fault = faultOf(subject)
    return fault === null ? [] : [`${subject}\n  ${fault}`]
  })
  for (const fault of faults) console.error(fault)
  console.log(`Checked ${subjects.length} commit subjects: ${faults.length} to reword`)
  if (faults.length > 0) process.exitCode = 1
}

runMain(main)
