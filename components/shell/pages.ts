/** The pages in the order in which they are named, with the keys that go there. */
export const PAGES = [
  { path: '/', name: 'Overview', keys: 'g o' },
  { path: '/explorer', name: 'Explorer', keys: 'g e' },
  { path: '/rules', name: 'Rules', keys: 'g r' },
  { path: '/scans', name: 'Scans', keys: 'g s' },
  { path: '/flips', name: 'Flips', keys: 'g f' },
  { path: '/coverage', name: 'Coverage', keys: 'g c' },
  { path: '/investigations', name: 'Investigations', keys: 'g i' },
] as const

export type Page = (typeof PAGES)[number]
