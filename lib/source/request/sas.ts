/**
 * The parameters of a shared access signature except the signature itself; null if missing (learn.microsoft.com/rest/api/storageservices/create-account-sas,
 * create-service-sas, create-user-delegation-sas).
 */
export interface Sas {
  /** Permissions, one letter each. */
  sp: string | null
  /** Services of an account SAS, one letter each; `b` is blobs. */
  ss: string | null
  /** Resource types of an account SAS: `s` service, `c` container, `o` object. */
  srt: string | null
  /** Resource of a service SAS: `c` container, `d` directory, `b` blob. */
  sr: string | null
  spr: string | null
  sip: string | null
  /** Stored access policy. */
  si: string | null
  /** Object id of the principal that signed a user delegation SAS. */
  skoid: string | null
  /** Epoch milliseconds; if the key of a user delegation SAS begins later or ends sooner, the key's times. */
  begins: number | null
  ends: number | null
}

/** Returns null if the query holds no signature. */
export function readSas(query: string): Sas | null {
  const params = new URLSearchParams(query)
  if (!params.has('sig')) return null
  const text = (name: string) => params.get(name) || null
  const times = (...names: string[]) => names.map((name) => Date.parse(params.get(name) ?? '')).filter((time) => !Number.isNaN(time))
  const begin = times('st', 'skt')
  const end = times('se', 'ske')
  return {
    sp: text('sp'),
    ss: text('ss'),
    srt: text('srt'),
    sr: text('sr'),
    spr: text('spr'),
    sip: text('sip'),
    si: text('si'),
    skoid: text('skoid'),
    begins: begin.length === 0 ? null : Math.max(...begin),
    ends: end.length === 0 ? null : Math.min(...end),
  }
}

const NEEDED = { sp: { r: 'read', l: 'list' }, ss: { b: 'blobs' }, srt: { c: 'containers', o: 'objects' } } as const

/**
 * Returns the letters that reading flow logs needs and the parameter lacks, each with its meaning, such as `l (list)`; all needed letters if the parameter is
 * missing.
 */
export function lacking(sas: Sas, parameter: keyof typeof NEEDED): string[] {
  const given = sas[parameter] ?? ''
  return Object.entries(NEEDED[parameter]).flatMap(([letter, meaning]) => (given.includes(letter) ? [] : [`${letter} (${meaning})`]))
}

/** Returns the required parameters that a SAS lacks, for example because it was cut while it was copied. */
export function absent(sas: Sas): string[] {
  const kind = sas.sr !== null ? [] : sas.si !== null ? (['sr'] as const) : (['ss', 'srt'] as const)
  const rights = sas.si !== null ? [] : (['sp'] as const)
  const missing = [...kind, ...rights].filter((name) => sas[name] === null)
  return sas.ends === null && sas.si === null ? [...missing, 'se'] : missing
}
