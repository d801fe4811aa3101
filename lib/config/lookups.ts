/** A page about an address: `{ip}` in its address stands for it. */
export interface Lookup {
  name: string
  url: string
}

function isPage(url: string): boolean {
  if (!url.includes('{ip}')) return false
  try {
    return ['https:', 'http:'].includes(new URL(url.replaceAll('{ip}', '192.0.2.1')).protocol)
  } catch {
    return false
  }
}

/** Reads `NAME=https://…{ip}…`, separated by spaces; underscores in a name become spaces. Each mistake is one sentence. */
export function readLookups(text: string): { found: Lookup[]; mistakes: string[] } {
  const found: Lookup[] = []
  const mistakes: string[] = []
  for (const part of text.split(/\s+/).filter(Boolean)) {
    const [, name, url] = /^([^=]+)=(.+)$/.exec(part) ?? []
    if (name && url && isPage(url)) found.push({ name: name.replaceAll('_', ' '), url })
    else mistakes.push(`FLOWLENS_LOOKUPS: ${part} is no look-up; expected NAME=https://example.com/{ip}`)
  }
  return { found, mistakes }
}
